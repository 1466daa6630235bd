// `# dotdiag-lint: ignore[=RULE,...] -- REASON`. Brackets may stand around the rules, as in `ignore[RULE]`.
#include "linter/suppression/directive.hpp"

#include "core/edit/comments.hpp"
#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view mark = "dotdiag-lint:";
constexpr std::string_view verb = "ignore";

bool is_line_break(char c) {
  return c == '\n' || c == '\r';
}

Span line_at(std::string_view text, std::size_t offset) {
  Span line{offset, offset};
  while (line.begin > 0 && !is_line_break(text[line.begin - 1]))
    --line.begin;
  while (line.end < text.size() && !is_line_break(text[line.end]))
    ++line.end;
  return line;
}

std::size_t behind_break(std::string_view text, std::size_t end) {
  if (end < text.size() && text[end] == '\r') ++end;
  if (end < text.size() && text[end] == '\n') ++end;
  return end;
}

/// The line that a comment at `begin` is about.
Span line_meant(std::string_view text, std::size_t begin) {
  Span line = line_at(text, begin);
  if (!trimmed(text.substr(line.begin, begin - line.begin)).empty()) return line;
  for (std::size_t next = behind_break(text, line.end); next < text.size(); next = behind_break(text, line.end)) {
    line = line_at(text, next);
    const std::string_view content = trimmed(text.substr(line.begin, line.end - line.begin));
    if (!content.empty() && !content.starts_with('#')) break;
  }
  return line;
}

/// What stands between the verb and the reason: nothing, `=a,b` or `[a,b]`. False where it is anything else.
bool read_rules(std::string_view text, std::vector<std::string>& rules) {
  if (text.empty()) return true;
  if (text.starts_with('[') && text.ends_with(']')) {
    text = text.substr(1, text.size() - 2);
    if (text.starts_with('=')) text.remove_prefix(1);
  } else if (text.starts_with('=')) {
    text.remove_prefix(1);
  } else {
    return false;
  }
  for (const std::string_view rule : split(text, ','))
    if (!rule.empty()) rules.emplace_back(rule);
  return !rules.empty();
}

void read_text(std::string_view text, Directive& directive) {
  const std::size_t dashes = text.find("--");
  if (dashes != std::string_view::npos) directive.reason = trimmed(text.substr(dashes + 2));
  const std::string_view order = trimmed(text.substr(0, dashes));
  if (order.starts_with(verb) && read_rules(trimmed(order.substr(verb.size())), directive.rules)) return;
  directive.problem = "this comment to dotdiag-lint means nothing";
  directive.remedy = "write it as # dotdiag-lint: ignore[rule] -- reason";
}

}  // namespace

std::vector<Directive> comment_directives(const Document& document) {
  const std::string_view text = document.source->text();
  const std::string_view part = text.substr(document.begin, document.end - document.begin);
  std::vector<Directive> directives;
  if (document.is_json || part.find(mark) == std::string_view::npos) return directives;
  for (const std::string_view comment : comments_of(document)) {
    const std::string_view content = trimmed(comment.substr(std::min(comment.find_first_not_of('#'), comment.size())));
    if (!content.starts_with(mark)) continue;
    Directive directive;
    const auto begin = static_cast<std::size_t>(comment.data() - text.data());
    directive.at = {begin, begin + comment.size()};
    directive.line = line_meant(text, begin);
    read_text(content.substr(mark.size()), directive);
    directives.push_back(std::move(directive));
  }
  return directives;
}

}  // namespace dotdiag
