#include "collect/output_file.hpp"

#include "core/diagnostics/failure.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace dotdiag::collect {
namespace {

[[noreturn]] void fail(const std::string& path) {
  const std::string name = path == "-" ? "standard output" : path;
  const std::string hint = errno == ENOSPC || errno == EDQUOT ? ": make room, or write elsewhere" : "";
  throw diagnostics::Failure(diagnostics::FailureKind::unsuitable,
                             name + ": cannot be written: " + std::strerror(errno) + hint);
}

/// Something that a file must not take the place of.
bool is_special(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

/// The file that a link leads to, so that the link stays one.
std::string without_links(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? real.get() : path;
}

}  // namespace

OutputFile::OutputFile(const std::string& path) : path_(path) {
  if (is_standard_output()) {
    fd_ = ::dup(STDOUT_FILENO);
    if (fd_ < 0) fail(path_);
  } else if (is_special(path)) {
    open(path_, 0);
  } else {
    path_ = without_links(path);
    partial_ = path_ + "." + std::to_string(::getpid()) + ".part";
    open(partial_, O_CREAT | O_EXCL);
  }
}

void OutputFile::open(const std::string& name, int flags) {
  // What is taken out of a process is as secret as the process is.
  fd_ = ::open(name.c_str(), O_WRONLY | O_CLOEXEC | flags, 0600);
  if (fd_ < 0) fail(path_);
}

OutputFile::~OutputFile() {
  ::close(fd_);
  if (!partial_.empty()) ::unlink(partial_.c_str());
}

void OutputFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void OutputFile::keep() {
  // A pipe and a terminal have nothing to bring to a disk.
  if (::fsync(fd_) != 0 && errno != EINVAL && errno != EROFS) fail(path_);
  if (!partial_.empty() && ::rename(partial_.c_str(), path_.c_str()) != 0) fail(path_);
  partial_.clear();
}

}  // namespace dotdiag::collect
