#include "linter/write_file.hpp"

#include "core/document/error.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace dotdiag {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  const std::string reason = std::strerror(errno);
  throw InputError(path, {}, what + ": " + reason, "make the file and its directory writable");
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// A temporary file that is removed unless it became the real one.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& target)
      : name_(target + ".XXXXXX"), fd_(::mkostemp(name_.data(), O_CLOEXEC)) {
    if (fd_ < 0) fail(target, "cannot create a temporary file beside it");
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    ::close(fd_);
    if (!is_renamed_) ::unlink(name_.c_str());
  }

  bool write(std::string_view bytes) const { return write_all(fd_, bytes); }

  /// The owner is kept where the system lets us, which is for root; the mode always, and after the owner, because a
  /// change of owner clears the set-user-id bits.
  bool looks_like(const struct stat& old) const {
    if (::fchown(fd_, old.st_uid, old.st_gid) != 0 && errno != EPERM) return false;
    return ::fchmod(fd_, old.st_mode & 07777) == 0;
  }

  /// The mode that a new file gets.
  bool looks_new() const {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return ::fchmod(fd_, 0666 & ~mask) == 0;
  }

  bool sync() const { return ::fsync(fd_) == 0; }

  bool rename_to(const std::string& target) {
    is_renamed_ = ::rename(name_.c_str(), target.c_str()) == 0;
    return is_renamed_;
  }

 private:
  std::string name_;
  int fd_;
  bool is_renamed_ = false;
};

/// Straight into what cannot be replaced.
void write_into(const std::string& path, std::string_view bytes) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) fail(path, "cannot write");
  const bool is_written = write_all(fd, bytes);
  const int why = errno;
  ::close(fd);
  errno = why;
  if (!is_written && why != EPIPE) fail(path, "cannot write");
}

}  // namespace

void replace_file(const std::string& path, std::string_view bytes) {
  std::error_code error;
  const std::string target = std::filesystem::canonical(path, error);
  if (error) throw InputError(path, {}, "cannot write: " + error.message());
  struct stat old {};
  if (::stat(target.c_str(), &old) != 0) fail(path, "cannot write");
  if (!S_ISREG(old.st_mode)) throw InputError(path, {}, "cannot write: not a regular file", "save the output yourself");
  // A rename would get around a read-only file's mode; its owner meant it.
  if (::access(target.c_str(), W_OK) != 0) fail(path, "cannot write");

  TemporaryFile temporary(target);
  if (!temporary.write(bytes) || !temporary.looks_like(old) || !temporary.sync() || !temporary.rename_to(target))
    fail(path, "cannot write");
}

void put_file(const std::string& path, std::string_view bytes) {
  struct stat old {};
  const bool exists = ::stat(path.c_str(), &old) == 0;
  if (exists && S_ISREG(old.st_mode)) return replace_file(path, bytes);
  if (exists) return write_into(path, bytes);
  TemporaryFile temporary(path);
  if (!temporary.write(bytes) || !temporary.looks_new() || !temporary.sync() || !temporary.rename_to(path))
    fail(path, "cannot write");
}

void check_place_for(const std::string& path) {
  struct stat old {};
  if (::stat(path.c_str(), &old) == 0) {
    if (S_ISDIR(old.st_mode)) throw InputError(path, {}, "cannot write: it is a directory", "name a file");
    if (::access(path.c_str(), W_OK) != 0) fail(path, "cannot write");
    if (!S_ISREG(old.st_mode)) return;
  }
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) != 0) fail(path, "cannot write");
}

}  // namespace dotdiag
