// Writes a file that is there whole or not at all, and that others can never read when they must not.
#include "core/document/error.hpp"
#include "webhook/commands.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

namespace dotdiag {
namespace {

[[noreturn]] void fail(const std::string& path) {
  throw InputError(path, {}, std::string("cannot be written: ") + std::strerror(errno),
                   "choose a directory that you may write to");
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

void write_atomically(const std::string& path, std::string_view text, unsigned mode) {
  std::string temporary = path + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());  // readable by its owner alone
  if (descriptor < 0) fail(path);
  const bool written = ::fchmod(descriptor, mode) == 0 && write_all(descriptor, text) && ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (written && std::rename(temporary.c_str(), path.c_str()) == 0) return;
  const int reason = errno;
  ::unlink(temporary.c_str());
  errno = reason;
  fail(path);
}

}  // namespace dotdiag
