// Removes members and items from block style: their lines go, and what stood around them stays as it is.
#include "core/edit/yaml_block_ranges.hpp"
#include "core/edit/yaml_change.hpp"

namespace dotdiag {
namespace {

/// Leaves `{}` or `[]` where the only entry of a collection stood.
TextChanges empty_collection(const Target& target) {
  const std::string_view text = target.text;
  const Step& step = target.container();
  const std::size_t begin = line_begin(text, target.entry->key_begin) + block_column(text, *step.node);
  const std::string empty = target.is_list() ? "[]" : "{}";
  const std::size_t end = entry_end(text, *target.entry, target.is_list());
  const std::size_t before = text.substr(0, begin).find_last_not_of(" \t\r\n");
  const bool follows_key = step.entry != nullptr && before != npos && before >= step.entry->key_end - 1 &&
                           (text[before] == ':' || text[before] == '-');
  if (follows_key) return {{before + 1, end, " " + empty}};
  return {{begin, end, empty}};
}

const Entry* next_entry(const Node& node, const Entry& entry) {
  const Entry* next = nullptr;
  for (const Entry& other : node.entries)
    if (other.origin == Origin::own && other.key_begin > entry.key_begin &&
        (next == nullptr || other.key_begin < next->key_begin))
      next = &other;
  return next;
}

}  // namespace

TextChanges remove_in_block(const Target& target) {
  const std::string_view text = target.text;
  const Entry& entry = *target.entry;
  const Node& node = *target.container().node;
  if (node.entries.size() == 1) return empty_collection(target);
  const std::size_t end = entry_end(text, entry, target.is_list());
  if (end == npos) return {};
  const std::size_t begin = line_begin(text, entry.key_begin) + block_column(text, node);
  if (!is_first_on_line(text, begin)) {  // the first of a collection that begins behind a dash
    const Entry* next = next_entry(node, entry);
    if (next == nullptr) return {};
    return {{begin, line_begin(text, next->key_begin) + block_column(text, node), ""}};
  }
  const std::size_t after = next_line(text, end);
  const bool is_open = after == text.size() && !is_line_break(text[after - 1]);
  if (!is_open) return {{line_begin(text, begin), after, ""}};
  return {{text.substr(0, line_begin(text, begin)).find_last_not_of("\r\n") + 1, after, ""}};
}

}  // namespace dotdiag
