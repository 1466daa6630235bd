// What stands below the options in --help, taken apart: paragraphs, and listings below a heading.
//
// A listing begins with a line that ends with a colon ("Examples:") and goes on as long as lines are indented or empty.
// All else is paragraphs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::reference {

struct Section {
  std::string heading;             ///< `Examples` of a listing; empty of a paragraph
  std::vector<std::string> lines;  ///< of a listing without the indentation that they have in common
};

std::vector<Section> sections_of(std::string_view footer);

/// True for the paragraph about exit codes.
bool is_about_exit_codes(const Section& section);

}  // namespace dotdiag::reference
