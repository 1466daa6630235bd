#include "core/document/document.hpp"

#include <algorithm>
#include <cassert>

namespace dotdiag {
namespace {

/// The member or item that `token` names; nullptr where there is none.
const Entry* entry_at(const Node& node, const Json& value, std::string_view token) {
  if (value.is_array()) {
    const std::size_t index = array_index(token);
    return index < node.entries.size() ? &node.entries[index] : nullptr;
  }
  const auto found =
      std::find_if(node.entries.begin(), node.entries.end(), [&](const Entry& entry) { return entry.key == token; });
  return found == node.entries.end() ? nullptr : &*found;
}

const Json& value_of(const Json& value, const Node& node, const Entry& entry) {
  const auto index = &entry - node.entries.data();  // entries and members have the same order
  if (value.is_array()) return *(value.get_ref<const Json::array_t&>().begin() + index);
  return (value.get_ref<const Json::object_t&>().begin() + index)->second;
}

bool serves_others(const Node& node) {
  return node.is_alias || node.is_anchored;
}

}  // namespace

Place locate(const Document& document, const Pointer& pointer) {
  assert(document.tree != nullptr);
  Place place{document.tree, nullptr, true, serves_others(*document.tree)};
  const Json* value = &document.root;
  for (const std::string_view token : pointer.tokens()) {
    const Entry* entry = entry_at(*place.node, *value, token);
    if (entry == nullptr) {
      place.exact = false;
      return place;
    }
    value = &value_of(*value, *place.node, *entry);
    place.shared = place.shared || entry->origin == Origin::merged || serves_others(*entry->node);
    place.entry = entry;
    place.node = entry->node;
  }
  return place;
}

std::size_t offset_of(const Document& document, const Pointer& pointer) {
  const Place place = locate(document, pointer);
  const bool is_member = place.entry != nullptr && !place.entry->key.empty();
  return is_member ? place.entry->key_begin : place.node->begin;
}

}  // namespace dotdiag
