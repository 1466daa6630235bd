// The one error for input that a person can correct.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace dotdiag {

/// Where a character stands in a file: 1-based, columns count Unicode code points, a byte order mark is not counted.
/// Line 0 means "the file as a whole".
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

/// Something a person wrote cannot be used. what() reads `file:line:column: what is wrong: what to do`.
class InputError : public std::runtime_error {
 public:
  /// `what` says what is wrong and `remedy` what to do, both without a final full stop; `remedy` may be empty.
  InputError(std::string file, Position at, std::string what, std::string remedy = {});

  const std::string& file() const { return file_; }
  Position at() const { return at_; }
  const std::string& problem() const { return problem_; }
  const std::string& remedy() const { return remedy_; }

 private:
  std::string file_;
  Position at_;
  std::string problem_;
  std::string remedy_;
};

}  // namespace dotdiag
