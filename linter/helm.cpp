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

std::string_view source_template(const Document& document) {
  constexpr std::string_view head = "# Source: ";
  std::string_view text = document.source->text().substr(document.begin, document.end - document.begin);
  std::size_t at = text.starts_with(head) ? 0 : text.find("\n# Source: ");
  if (at == npos) return {};
  text.remove_prefix(text.find(head, at) + head.size());
  return text.substr(0, text.find_first_of("\r\n"));
}

}  // namespace dotdiag
