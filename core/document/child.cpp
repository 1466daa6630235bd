#include "core/document/child.hpp"

#include "core/document/pointer.hpp"

#include <algorithm>

namespace dotdiag {

const Json* child(const Json& value, std::string_view token) {
  if (const auto* items = value.get_ptr<const Json::array_t*>()) {
    const std::size_t index = array_index(token);
    return index < items->size() ? &(*items)[index] : nullptr;
  }
  const auto* members = value.get_ptr<const Json::object_t*>();
  if (members == nullptr) return nullptr;
  const auto found =
      std::find_if(members->begin(), members->end(), [token](const auto& member) { return member.first == token; });
  return found == members->end() ? nullptr : &found->second;
}

const Json* descend(const Json& value, std::string_view path) {
  const Json* found = &value;
  while (found != nullptr && !path.empty()) {
    path.remove_prefix(1);
    const std::string_view token = path.substr(0, path.find('/'));
    found = child(*found, token);
    path.remove_prefix(token.size());
  }
  return found;
}

}  // namespace dotdiag
