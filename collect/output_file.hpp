// A file that a command writes, or standard output. Under its name it is either whole or what it was before: it is
// written beside that, as NAME.PID.part, and renamed in the end.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag::collect {

class OutputFile {
 public:
  /// `-` is standard output; a device or a pipe is written to as it is. Throws a Failure where the file cannot be made.
  explicit OutputFile(const std::string& path);
  /// Removes what was not kept.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Throws a Failure where not all of it can be written.
  void write(std::string_view bytes);

  /// The file is finished, on disk, and replaces what has its name. Throws a Failure where it did not get there.
  void keep();

  bool is_standard_output() const { return path_ == "-"; }

 private:
  void open(const std::string& name, int flags);

  std::string path_;
  std::string partial_;  ///< what is written until it is kept; empty for what is not renamed
  int fd_ = -1;
};

}  // namespace dotdiag::collect
