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

  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  /// The owner is kept where the system lets us, which is for root; the mode always, and after the owner, because a
  /// change of owner clears the set-user-id bits.
  bool looks_like(const struct stat& old) const {
    if (::fchown(fd_, old.st_uid, old.st_gid) != 0 && errno != EPERM) return false;
    return ::fchmod(fd_, old.st_mode & 07777) == 0;
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

}  // namespace dotdiag
