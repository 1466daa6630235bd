#include "linter/helm.hpp"

namespace dotdiag {
namespace {

bool starts_with_action(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first != std::string_view::npos && line.substr(first).starts_with("{{");
}

}  // namespace

std::size_t find_template_action(std::string_view text) {
  return text.find("{{");
}

bool fails_at_template_action(const Document& document) {
  const Source& source = *document.source;
  const std::size_t failed = document.error->at().line;
  if (find_template_action(source.line(failed)) != npos) return true;
  for (std::size_t line = source.position(document.begin).line; line <= failed; ++line)
    if (starts_with_action(source.line(line))) return true;
  return false;
}

}  // namespace dotdiag
