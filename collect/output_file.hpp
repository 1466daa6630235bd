// A file that a command writes, or standard output. It is either whole or, where it could not be finished, not there.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag::collect {

class OutputFile {
 public:
  /// `-` is standard output. Throws a Failure where the file cannot be made; one that exists is replaced.
  explicit OutputFile(const std::string& path);
  /// Removes what was not kept.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Throws a Failure where not all of it can be written.
  void write(std::string_view bytes);

  /// The file is finished, on disk, and stays. Throws a Failure where it did not get there.
  void keep();

  bool is_standard_output() const { return path_ == "-"; }

 private:
  std::string path_;
  int fd_ = -1;
  bool is_kept_ = false;
};

}  // namespace dotdiag::collect
