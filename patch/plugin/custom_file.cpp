#include "patch/plugin/custom_file.hpp"

#include "core/document/error.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>

namespace dotdiag {

CustomFile::CustomFile(std::string_view text)
    : path_((std::filesystem::temp_directory_path() / "dotdiag-XXXXXX").string()) {
  const int file = ::mkstemp(path_.data());
  bool is_written = file >= 0;
  while (is_written && !text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    is_written = count > 0;
    if (is_written) text.remove_prefix(static_cast<std::size_t>(count));
  }
  if (file >= 0) ::close(file);
  if (is_written) return;
  if (file >= 0) ::unlink(path_.c_str());
  throw InputError(path_, {}, "cannot be written", "make room, or set TMPDIR to a directory with some");
}

CustomFile::~CustomFile() {
  ::unlink(path_.c_str());
}

}  // namespace dotdiag
