#include "reference/footer.hpp"

#include <algorithm>
#include <sstream>

namespace dotdiag::reference {
namespace {

constexpr std::string_view exit_codes = "Exit code";

bool is_indented(const std::string& line) {
  return line.starts_with(' ');
}

bool is_heading(const std::string& line) {
  return !is_indented(line) && line.ends_with(':');
}

void strip(Section& section) {
  while (!section.lines.empty() && section.lines.back().empty())
    section.lines.pop_back();
  std::size_t margin = std::string::npos;
  for (const std::string& line : section.lines)
    if (!line.empty()) margin = std::min(margin, line.find_first_not_of(' '));
  for (std::string& line : section.lines)
    line.erase(0, std::min(margin, line.size()));
}

}  // namespace

std::vector<Section> sections_of(std::string_view footer) {
  std::vector<Section> sections;
  std::istringstream stream{std::string(footer)};
  bool gap = true;
  for (std::string line; std::getline(stream, line);) {
    const bool in_listing = !sections.empty() && !sections.back().heading.empty();
    if (is_heading(line)) {
      sections.push_back({line.substr(0, line.size() - 1), {}});
    } else if (in_listing && (line.empty() || is_indented(line))) {
      sections.back().lines.push_back(line);
    } else if (!line.empty()) {
      if (gap || in_listing || line.starts_with(exit_codes)) sections.push_back({});
      sections.back().lines.push_back(line);
    }
    gap = line.empty();
  }
  std::for_each(sections.begin(), sections.end(), strip);
  return sections;
}

bool is_about_exit_codes(const Section& section) {
  return section.heading.empty() && section.lines.front().starts_with(exit_codes);
}

}  // namespace dotdiag::reference
