#include "core/edit/comments.hpp"

#include "core/edit/text_edit.hpp"

#include <algorithm>
#include <utility>

namespace dotdiag {
namespace {

/// The text of a scalar, where `#` is no comment.
using Range = std::pair<std::size_t, std::size_t>;

/// The header of a block scalar may carry a comment of its own.
std::size_t content_begin(std::string_view text, const Node& node) {
  const bool is_block_scalar = node.style == Style::literal || node.style == Style::folded;
  return is_block_scalar ? next_line(text, node.begin) : node.begin;
}

void add_node(std::string_view text, const Node& node, std::vector<Range>& scalars) {
  if (node.is_alias || node.style == Style::absent) return;
  if (node.style != Style::block && node.style != Style::flow) {
    scalars.emplace_back(std::min(content_begin(text, node), node.end), node.end);
    return;
  }
  for (const Entry& entry : node.entries) {
    if (entry.origin != Origin::own) continue;
    const bool is_flow_item = entry.key_begin == entry.node->begin;
    if (!is_flow_item) scalars.emplace_back(entry.key_begin, entry.key_end);
    add_node(text, *entry.node, scalars);
  }
}

bool starts_comment(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t' || is_line_break(text[at - 1]);
}

/// Collects the comments between two scalars.
void scan_gap(std::string_view text, std::size_t begin, std::size_t end, std::vector<std::string_view>& comments) {
  const std::string_view gap = text.substr(0, end);
  for (std::size_t at = gap.find('#', begin); at < end; at = gap.find('#', at)) {
    if (!starts_comment(text, at)) {
      ++at;
      continue;
    }
    const std::size_t line = line_end(text, at);
    const std::string_view comment = text.substr(at, line - at);
    comments.push_back(comment.substr(0, comment.find_last_not_of(" \t") + 1));
    at = line;
  }
}

}  // namespace

std::vector<std::string_view> comments_of(const Document& document) {
  std::vector<std::string_view> comments;
  if (document.is_json) return comments;
  const std::string_view text = document.source->text().substr(0, document.end);
  std::vector<Range> scalars;
  add_node(text, *document.tree, scalars);
  std::sort(scalars.begin(), scalars.end());
  std::size_t at = document.begin;
  for (const auto& [begin, end] : scalars) {
    if (begin > at) scan_gap(text, at, begin, comments);
    at = std::max(at, end);
  }
  scan_gap(text, at, text.size(), comments);
  return comments;
}

}  // namespace dotdiag
