#include "core/edit/yaml_layout.hpp"

#include "core/edit/text_edit.hpp"

#include <algorithm>
#include <map>

namespace dotdiag {
namespace {

/// A step wider than this is an alignment, not a habit.
constexpr std::size_t widest_step = 8;

/// How often each width was seen.
using Counts = std::map<std::size_t, std::size_t>;

struct Habits {
  Counts steps;
  Counts list_offsets;
  Counts dash_gaps;
};

std::size_t prevailing(const Counts& counts, std::size_t otherwise) {
  const auto fewer = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto most = std::max_element(counts.begin(), counts.end(), fewer);
  return most == counts.end() ? otherwise : most->first;
}

bool is_list(std::string_view text, const Node& node) {
  const Entry* first = first_entry(node);
  return first != nullptr && text[first->key_begin] == '-' && first->key_end == first->key_begin + 1 &&
         first->key.empty();
}

void count_child(std::string_view text, std::size_t column, const Node& child, Habits& habits) {
  const std::size_t inner = block_column(text, child);
  if (inner < column || inner - column > widest_step) return;
  if (is_list(text, child))
    ++habits.list_offsets[inner - column];
  else if (inner > column)
    ++habits.steps[inner - column];
}

void count_dash(std::string_view text, const Entry& item, Habits& habits) {
  const std::size_t begin = skip_blanks(text, item.key_end);
  if (begin < text.size() && !is_line_break(text[begin]) && text[begin] != '#')
    ++habits.dash_gaps[begin - item.key_end];
}

void collect(std::string_view text, const Node& node, Habits& habits) {
  if (node.style != Style::block || node.is_alias || first_entry(node) == nullptr) return;
  const std::size_t column = block_column(text, node);
  const bool list = is_list(text, node);
  for (const Entry& entry : node.entries) {
    if (entry.origin != Origin::own) continue;
    if (list)
      count_dash(text, entry, habits);
    else if (entry.node->style == Style::block && !entry.node->is_alias)
      count_child(text, column, *entry.node, habits);
    collect(text, *entry.node, habits);
  }
}

std::string json_indent(std::string_view text, const Node& root) {
  const Entry* first = first_entry(root);
  if (first == nullptr || !is_first_on_line(text, first->key_begin)) return {};
  const std::size_t outer = column_of(text, root.begin);
  const std::size_t begin = line_begin(text, first->key_begin);
  const std::string_view indent = text.substr(begin, first->key_begin - begin);
  return is_first_on_line(text, root.begin) && indent.size() > outer ? std::string(indent.substr(outer))
                                                                     : std::string();
}

const Entry* extreme_entry(const Node& node, bool last) {
  const Entry* found = nullptr;
  for (const Entry& entry : node.entries)
    if (entry.origin == Origin::own && (found == nullptr || (entry.key_begin > found->key_begin) == last))
      found = &entry;
  return found;
}

}  // namespace

const Entry* last_entry(const Node& node) {
  return extreme_entry(node, true);
}

const Entry* first_entry(const Node& node) {
  return extreme_entry(node, false);
}

std::size_t block_column(std::string_view text, const Node& node) {
  const Entry* first = first_entry(node);
  if (first == nullptr) return column_of(text, node.begin);
  const std::size_t begin = line_begin(text, first->key_begin);
  std::size_t at = first->key_begin;
  while (at > begin && text[at - 1] == ' ')
    --at;
  const bool is_explicit = at > begin && text[at - 1] == '?' && first->key_begin > at;  // `? key`
  return is_explicit ? at - 1 - begin : first->key_begin - begin;
}

Layout layout_of(const Document& document) {
  const std::string_view text = document.source->text();
  Layout layout;
  layout.block.line_break = line_break_of(text);
  layout.block.literals = !text.empty() && is_line_break(text.back());
  if (document.is_json) {
    layout.json_indent = json_indent(text, *document.tree);
    return layout;
  }
  Habits habits;
  collect(text, *document.tree, habits);
  layout.block.step = prevailing(habits.steps, layout.block.step);
  layout.block.list_offset = prevailing(habits.list_offsets, layout.block.step);
  layout.block.dash_gap = std::max<std::size_t>(prevailing(habits.dash_gaps, 1), 1);
  return layout;
}

}  // namespace dotdiag
