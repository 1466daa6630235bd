// How the parts of a finding look to a person: its headline, the line it is about, what to do.
#pragma once

#include "linter/finding.hpp"
#include "linter/preview.hpp"

#include <ostream>
#include <string>
#include <string_view>

namespace dotdiag {

class Terminal {
 public:
  Terminal(std::ostream& out, bool color) : out_(out), color_(color) {}

  /// `path:line:col: severity: text`, a line.
  void headline(const Finding& at, Severity severity, std::string_view text);
  /// The source line with a caret below what `at` is about; nothing where there is no line to show.
  void source_line(const Finding& at, Severity severity);
  /// `= label: text` below the source line.
  void aside(const Finding& at, std::string_view label, std::string_view text);
  /// The same, with a severity for a label.
  void aside(const Finding& at, Severity severity, std::string_view text);
  /// A line of what a fix would change, with its number in the source.
  void preview(const PreviewLine& line);
  /// Text to copy, indented.
  void paste(std::string_view text);

 private:
  std::string_view color(std::string_view code) const { return color_ ? code : ""; }

  std::ostream& out_;
  bool color_;
};

}  // namespace dotdiag
