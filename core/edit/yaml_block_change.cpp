// Changes inside block style, where lines and columns carry the meaning: whole lines come and go.
#include "core/edit/yaml_block_ranges.hpp"
#include "core/edit/yaml_change.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

std::string spaces(std::size_t count) {
  return std::string(count, ' ');
}

/// Puts `written` in the place of a value, from `begin` on. A comment behind the indicators of a block scalar stays.
TextChanges replace_value(std::string_view text, const Node& node, std::size_t begin, std::string written) {
  const std::size_t end = value_end(text, node);
  if (!is_block_scalar(node)) return {{begin, end, std::move(written)}};
  const TextRange header = block_header(text, node);
  const std::size_t content = line_end(text, header.end);
  return {{begin, header.end, std::move(written)}, {content, std::max(content, end), ""}};
}

/// The text before the line break that ends it.
std::string without_break(std::string lines, const std::string& line_break) {
  lines.resize(lines.size() - line_break.size());
  return lines;
}

/// Inserts whole `lines` at `at`, the beginning of a line or the end of the text. A text without a final line break
/// stays one.
TextChange insert_lines(std::string_view text, std::size_t at, std::string lines, const std::string& line_break) {
  const bool behind_open_line = at == text.size() && at > 0 && !is_line_break(text[at - 1]);
  if (behind_open_line) lines = line_break + without_break(std::move(lines), line_break);
  return {at, at, std::move(lines)};
}

/// Skips the comment lines at `at` that are indented to `column` at least: they belong to what stands above. A blank
/// line ends them.
std::size_t behind_own_comments(std::string_view text, std::size_t at, std::size_t column) {
  while (at < text.size()) {
    const std::size_t begin = skip_blanks(text, at);
    if (begin == text.size() || text[begin] != '#' || begin - at < column) break;
    at = next_line(text, at);
  }
  return at;
}

/// The column from which a comment below the collection at `column` belongs to it rather than to what follows.
std::size_t own_comment_column(const Target& target, std::size_t column) {
  if (target.way.size() < 2) return column + 1;
  const Step& parent = target.way[target.way.size() - 2];
  const bool is_indented = parent.node->style == Style::block && block_column(target.text, *parent.node) < column;
  return is_indented ? column : column + 1;
}

const Node& last_leaf(const Node& collection) {
  const Node* node = &collection;
  while (node->style == Style::block && !node->is_alias) {
    const Entry* last = last_entry(*node);
    if (last == nullptr) break;
    node = last->node;
  }
  return *node;
}

char chomping(std::string_view text, const Node& scalar) {
  const TextRange header = block_header(text, scalar);
  const std::size_t at = text.substr(0, header.end).find_first_of("+-", header.begin);
  return at == npos ? ' ' : text[at];
}

/// Blank lines belong to a block scalar that keeps them (`|+`); otherwise they belong to what follows.
std::size_t behind_block_scalar(std::string_view text, const Node& scalar, std::size_t column) {
  if (chomping(text, scalar) == '+') return scalar.end;
  std::size_t at = scalar.end;
  for (std::size_t end = value_end(text, scalar); at > end;) {
    const std::size_t previous = line_begin(text, at - (at > 1 && text.substr(at - 2, 2) == "\r\n" ? 2 : 1));
    const std::size_t content = skip_blanks(text, previous);
    if (content < at && !is_line_break(text[content])) break;
    if (content - previous > column) break;  // deeper blanks are content
    at = previous;
  }
  return at;
}

/// A block scalar that ends with the text instead of a line break has no final line break in its value either: `|-`
/// says so once lines follow.
TextChanges strip_last_scalar(std::string_view text, const Node& scalar) {
  const TextRange header = block_header(text, scalar);
  const char chomp = chomping(text, scalar);
  if (chomp == '-') return {};
  if (chomp == ' ') return {{header.begin + 1, header.begin + 1, "-"}};
  const std::size_t plus = text.find('+', header.begin);
  return {{plus, plus + 1, "-"}};
}

std::size_t gap_behind_dash(std::string_view text, const Entry& item, std::size_t otherwise) {
  const std::size_t begin = skip_blanks(text, item.key_end);
  const bool alone = begin >= text.size() || is_line_break(text[begin]) || text[begin] == '#';
  return alone ? otherwise : begin - item.key_end;
}

/// Puts a scalar or an empty collection in the place of a value.
TextChanges set_inline(std::string_view text, const Entry& entry, std::size_t behind, const Json& value) {
  const std::string written = write_inline(value);
  if (entry.node->style == Style::absent) return {{behind, behind, " " + written}};
  return replace_value(text, *entry.node, entry.node->begin, written);
}

/// Puts the lines of `value` where a value on its own line, or behind a dash, begins. What stands behind the value, a
/// comment, stays on the first line.
TextChanges set_in_place(std::string_view text, const Node& node, const Json& value, const BlockLayout& layout) {
  const std::size_t column = column_of(text, node.begin);
  const std::string lines = write_block(value, column, layout);
  const std::size_t first = next_line(lines, 0);
  TextChanges changes = replace_value(text, node, node.begin, lines.substr(0, first - layout.line_break.size()));
  if (first == lines.size()) return changes;
  const std::size_t below = next_line(text, value_end(text, node));
  changes.push_back(insert_lines(text, below, lines.substr(first), layout.line_break));
  return changes;
}

/// Puts the lines of `value` behind an empty dash, or below it where a comment stands there.
TextChanges set_absent_item(std::string_view text, const Entry& item, const Json& value, const BlockLayout& layout) {
  const std::size_t begin = skip_blanks(text, item.key_end);
  const bool has_comment = begin < text.size() && text[begin] == '#';
  const std::size_t gap = has_comment ? 1 : layout.dash_gap;
  const std::size_t column = column_of(text, item.key_begin) + 1 + gap;
  std::string lines = write_block(value, column, layout);
  if (!has_comment) return {{item.key_end, begin, spaces(gap) + without_break(std::move(lines), layout.line_break)}};
  return {insert_lines(text, next_line(text, begin), spaces(column) + lines, layout.line_break)};
}

/// Puts the lines of `value` below a key, and what stood behind the key goes.
TextChanges set_below_key(std::string_view text, std::size_t parent_column, const Entry& entry, std::size_t behind,
                          const Json& value, const BlockLayout& layout) {
  const bool is_absent = entry.node->style == Style::absent;
  const std::size_t old_end = is_absent ? behind : value_end(text, *entry.node);
  const std::size_t column = parent_column + (value.is_array() ? layout.list_offset : layout.step);
  const std::size_t at = behind_own_comments(text, next_line(text, old_end), parent_column + 1);
  TextChanges changes;
  if (!is_absent) changes = replace_value(text, *entry.node, behind, "");
  const std::size_t rest = skip_blanks(text, old_end);
  if (rest == line_end(text, old_end)) changes.push_back({old_end, rest, ""});
  changes.push_back(insert_lines(text, at, spaces(column) + write_block(value, column, layout), layout.line_break));
  return changes;
}

}  // namespace

TextChanges add_in_block(const Target& target, const Json& value, const Layout& layout) {
  const std::string_view text = target.text;
  const Node& node = *target.container().node;
  const Node& leaf = last_leaf(node);
  const std::size_t column = block_column(text, node);
  const bool ends_in_scalar = is_block_scalar(leaf) && !leaf.is_alias;
  const bool is_open = ends_in_scalar && leaf.end == text.size() && leaf.end > 0 && !is_line_break(text[leaf.end - 1]);
  TextChanges changes;
  if (is_open) changes = strip_last_scalar(text, leaf);
  const std::size_t end = ends_in_scalar ? behind_block_scalar(text, leaf, column) : next_line(text, node.end);
  const std::size_t at = behind_own_comments(text, end, own_comment_column(target, column));
  BlockLayout block = layout.block;
  if (target.is_list() && last_entry(node) != nullptr)
    block.dash_gap = gap_behind_dash(text, *last_entry(node), block.dash_gap);
  std::string lines =
      target.is_list() ? write_item(value, column, block) : write_member(target.key, value, column, block);
  changes.push_back(insert_lines(text, at, spaces(column) + lines, block.line_break));
  return changes;
}

TextChanges set_in_block(const Target& target, const Step& parent, const Entry& entry, const Json& value,
                         const Layout& layout) {
  const std::string_view text = target.text;
  const bool is_item = parent.value->is_array();
  const bool is_absent = entry.node->style == Style::absent;
  const std::size_t behind = behind_key(text, entry, is_item);
  if (behind == npos) return {};
  if (!is_block(value)) return set_inline(text, entry, behind, value);
  if (is_absent && is_item) return set_absent_item(text, entry, value, layout.block);
  if (is_item || (!is_absent && is_first_on_line(text, entry.node->begin)))
    return set_in_place(text, *entry.node, value, layout.block);
  return set_below_key(text, block_column(text, *parent.node), entry, behind, value, layout.block);
}

}  // namespace dotdiag
