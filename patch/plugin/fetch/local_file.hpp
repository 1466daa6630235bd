// A file that somebody will rely on: it has its name only once it is whole and on the disk.
#pragma once

#include "core/transfer/sha256.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace dotdiag {

class LocalFile {
 public:
  /// Begins it below a name of its own in the directory of `path`, open to us alone: what is taken out of a process is
  /// as secret as the process is. Throws InputError where it cannot be made.
  explicit LocalFile(std::string path);
  /// Removes what was not kept.
  ~LocalFile();
  LocalFile(const LocalFile&) = delete;
  LocalFile& operator=(const LocalFile&) = delete;

  /// Throws InputError where not all of it can be written.
  void write(std::string_view bytes);
  /// Throws away what was written so far.
  void begin_again();
  /// Brings it to the disk and gives it its name. Throws InputError where that fails.
  void keep();

  std::uint64_t size() const { return size_; }
  /// Of what it holds; to be asked once.
  std::string sha256() { return sum_->finish(); }

 private:
  [[noreturn]] void fail() const;
  std::string directory() const;

  std::string path_;
  std::string temporary_;
  int fd_ = -1;
  std::uint64_t size_ = 0;
  std::unique_ptr<transfer::Sha256> sum_ = std::make_unique<transfer::Sha256>();
};

}  // namespace dotdiag
