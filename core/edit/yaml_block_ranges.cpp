#include "core/edit/yaml_block_ranges.hpp"

#include "core/edit/text_edit.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view blanks_and_breaks = " \t\r\n";

/// What is written last in a collection in block style; the node itself if it is none.
const Node& last_written(const Node& node) {
  const Node* last = &node;
  while (last->style == Style::block && !last->is_alias) {
    const Entry* latest = nullptr;
    for (const Entry& entry : last->entries)
      if (entry.origin == Origin::own && (latest == nullptr || entry.key_begin > latest->key_begin)) latest = &entry;
    if (latest == nullptr) break;
    last = latest->node;
  }
  return *last;
}

}  // namespace

bool is_block_scalar(const Node& node) {
  return node.style == Style::literal || node.style == Style::folded;
}

std::size_t value_end(std::string_view text, const Node& node) {
  if (!is_block_scalar(last_written(node))) return node.end;
  return text.substr(0, node.end).find_last_not_of(blanks_and_breaks) + 1;
}

TextRange block_header(std::string_view text, const Node& scalar) {
  const std::size_t begin = text.find_first_of("|>", scalar.begin);
  const std::size_t end = std::min(text.find_first_of(blanks_and_breaks, begin), text.size());
  return {std::min(begin, end), end};
}

std::size_t behind_key(std::string_view text, const Entry& entry, bool is_item) {
  if (is_item) return entry.key_end;
  const std::size_t colon = text.find_first_not_of(blanks_and_breaks, entry.key_end);
  return colon < text.size() && text[colon] == ':' ? colon + 1 : npos;
}

std::size_t entry_end(std::string_view text, const Entry& entry, bool is_item) {
  return entry.node->style == Style::absent ? behind_key(text, entry, is_item) : value_end(text, *entry.node);
}

}  // namespace dotdiag
