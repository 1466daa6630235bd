#include "core/edit/edit.hpp"

#include "core/document/child.hpp"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace dotdiag {

namespace {

[[noreturn]] void refuse(const char* what, const Pointer& path) {
  throw std::logic_error(std::string(what) + " `" + path.text() + "`");
}

bool is_absent(const Json* value) {
  return value == nullptr || value->is_null();
}

/// How many leading tokens of `path` stay when its member is set: up to the highest missing parent, or all of them.
/// Nothing where the member cannot be set.
std::optional<std::size_t> kept_tokens(const Json& document, const Pointer& path) {
  const Json* value = &document;
  const std::size_t size = path.size();
  std::size_t depth = 0;
  for (const std::string_view token : path.tokens()) {
    const bool is_last = ++depth == size;
    const Json* next = child(*value, token);
    if (!value->is_object() && (is_last || !value->is_array() || is_absent(next))) return std::nullopt;
    if (is_last || is_absent(next)) return depth;
    value = next;
  }
  return std::nullopt;
}

void apply_to_object(Json& object, const std::string& key, const Edit& edit) {
  const bool exists = object.contains(key);
  if (edit.operation != Operation::add && !exists) refuse("nothing is there to change at", edit.path);
  if (edit.operation == Operation::remove) {
    object.erase(key);
  } else {
    put_member(object, key, edit.value);
  }
}

void apply_to_array(Json& array, const std::string& token, const Edit& edit) {
  auto& items = array.get_ref<Json::array_t&>();
  const bool is_add = edit.operation == Operation::add;
  const std::size_t index = is_add && token == "-" ? items.size() : array_index(token);
  if (index > items.size() || (index == items.size() && !is_add)) refuse("no such item:", edit.path);
  const auto place = items.begin() + static_cast<std::ptrdiff_t>(index);
  if (edit.operation == Operation::add) items.insert(place, edit.value);
  if (edit.operation == Operation::replace) *place = edit.value;
  if (edit.operation == Operation::remove) items.erase(place);
}

}  // namespace

bool can_hold(const Json& document, const Pointer& path) {
  return kept_tokens(document, path).has_value();
}

bool can_append(const Json& document, const Pointer& path) {
  const Json* value = value_at(document, path);
  return is_absent(value) ? can_hold(document, path) : value->is_array();
}

Edit set_member(const Json& document, const Pointer& path, Json value) {
  const auto kept = kept_tokens(document, path);
  if (!kept) refuse("no member can be set at", path);
  Edit edit{path, std::move(value)};
  for (std::size_t missing = path.size() - *kept; missing > 0; --missing) {
    Json parent = Json::object();
    put_member(parent, edit.path.back(), std::move(edit.value));
    edit.value = std::move(parent);
    edit.path = edit.path.parent();
  }
  return edit;
}

Edit append_item(const Json& document, const Pointer& path, Json value) {
  const Json* list = value_at(document, path);
  if (list != nullptr && list->is_array()) return Edit{path / "-", std::move(value)};
  if (!is_absent(list)) refuse("no item can be appended at", path);
  Json::array_t only_item;
  only_item.push_back(std::move(value));
  return set_member(document, path, Json(std::move(only_item)));
}

void apply(Json& document, const Edit& edit) {
  if (edit.path.empty()) {
    if (edit.operation == Operation::remove) refuse("the document itself cannot be removed:", edit.path);
    document = edit.value;
    return;
  }
  const Json* holder = &document;
  std::string last;
  std::size_t behind = edit.path.size();
  for (const std::string_view token : edit.path.tokens()) {
    if (--behind == 0)
      last = token;
    else if (holder != nullptr)
      holder = child(*holder, token);
  }
  Json* parent = const_cast<Json*>(holder);  // `document` is not const
  if (parent != nullptr && parent->is_object()) return apply_to_object(*parent, last, edit);
  if (parent != nullptr && parent->is_array()) return apply_to_array(*parent, last, edit);
  refuse("no object or array holds", edit.path);
}

}  // namespace dotdiag
