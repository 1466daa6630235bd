// A file for one run of `kubectl debug --custom`, gone afterwards.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

class CustomFile {
 public:
  /// Throws InputError where it cannot be written.
  explicit CustomFile(std::string_view text);
  CustomFile(const CustomFile&) = delete;
  CustomFile& operator=(const CustomFile&) = delete;
  ~CustomFile();

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace dotdiag
