#include "patch/plugin/fetch/local_file.hpp"

#include "core/document/error.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace dotdiag {

LocalFile::LocalFile(std::string path) : path_(std::move(path)) {
  const std::size_t slash = path_.rfind('/');
  const std::size_t head = slash == std::string::npos ? 0 : slash + 1;
  temporary_ = path_.substr(0, head) + "." + path_.substr(head) + ".unfinished-XXXXXX";
  fd_ = ::mkostemp(temporary_.data(), O_CLOEXEC);
  if (fd_ < 0) fail();
}

LocalFile::~LocalFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void LocalFile::write(std::string_view bytes) {
  sum_->add(bytes);
  size_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void LocalFile::begin_again() {
  if (::ftruncate(fd_, 0) != 0 || ::lseek(fd_, 0, SEEK_SET) != 0) fail();
  size_ = 0;
  sum_ = std::make_unique<transfer::Sha256>();
}

void LocalFile::keep() {
  // Some file systems say only here that the disk is full; one that knows no fsync has no more to say.
  if (::fsync(fd_) != 0 && errno != EINVAL) fail();
  if (::close(std::exchange(fd_, -1)) != 0) fail();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail();
  temporary_.clear();
  const int folder = ::open(directory().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;  // a directory that can be written but not read keeps no name back
  ::fsync(folder);
  ::close(folder);
}

std::string LocalFile::directory() const {
  const std::size_t slash = path_.rfind('/');
  return slash == std::string::npos ? "." : path_.substr(0, slash + 1);
}

void LocalFile::fail() const {
  const int error = errno;
  const bool is_full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw InputError(path_, {}, std::string("cannot be written: ") + std::strerror(error),
                   is_full ? "make room, or choose another place with -o" : "choose another place with -o");
}

}  // namespace dotdiag
