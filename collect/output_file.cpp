#include "collect/output_file.hpp"

#include "core/diagnostics/failure.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace dotdiag::collect {
namespace {

[[noreturn]] void fail(const std::string& path) {
  const std::string name = path == "-" ? "standard output" : path;
  const std::string hint = errno == ENOSPC || errno == EDQUOT ? ": make room, or write elsewhere" : "";
  throw diagnostics::Failure(diagnostics::FailureKind::unsuitable,
                             name + ": cannot be written: " + std::strerror(errno) + hint);
}

}  // namespace

OutputFile::OutputFile(const std::string& path) : path_(path) {
  // What is taken out of a process is as secret as the process is.
  fd_ = path == "-" ? ::dup(STDOUT_FILENO) : ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd_ < 0) fail(path_);
}

OutputFile::~OutputFile() {
  struct stat status {};
  const bool is_file = ::fstat(fd_, &status) == 0 && S_ISREG(status.st_mode);  // never /dev/null
  ::close(fd_);
  if (!is_kept_ && is_file && !is_standard_output()) ::unlink(path_.c_str());
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
  is_kept_ = true;
}

}  // namespace dotdiag::collect
