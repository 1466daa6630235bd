#include "core/document/json.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace dotdiag {

namespace {

using Member = Json::object_t::value_type;

/// Looks with a view, where nlohmann's own find would make a string of the key first.
template <typename Object>
auto find_member(Object& object, std::string_view key) {
  return std::find_if(object.begin(), object.end(), [key](const Member& member) { return member.first == key; });
}

/// Where `whole` is a whole number that the floating-point `number` is too, exactly. nlohmann compares as double, to
/// which 2^53 and 2^53 + 1 are the same.
template <typename Integer>
bool same_number(Integer whole, double number) {
  // 2^63 and 2^64 are doubles, the largest integers below them are not.
  const double limit = std::is_signed_v<Integer> ? 9223372036854775808.0 : 18446744073709551616.0;
  const double lowest = std::is_signed_v<Integer> ? -limit : 0.0;
  return number >= lowest && number < limit && static_cast<double>(static_cast<Integer>(number)) == number &&
         static_cast<Integer>(number) == whole;
}

/// Not nlohmann's comparison: that one finds 2^64 - 1 equal to -1.
bool same_number(const Json& left, const Json& right) {
  if (right.is_number_float() && !left.is_number_float()) return same_number(right, left);
  if (left.is_number_float()) {
    const double number = left.get<double>();
    if (right.is_number_float()) return number == right.get<double>();
    if (right.is_number_unsigned()) return same_number(right.get<std::uint64_t>(), number);
    return same_number(right.get<std::int64_t>(), number);
  }
  if (left.is_number_unsigned() == right.is_number_unsigned()) return left == right;
  const Json& possibly_negative = left.is_number_unsigned() ? right : left;
  return possibly_negative.get<std::int64_t>() >= 0 && left.get<std::uint64_t>() == right.get<std::uint64_t>();
}

std::vector<const Member*> members_by_key(const Json& object) {
  std::vector<const Member*> members;
  members.reserve(object.size());
  for (const Member& member : object.get_ref<const Json::object_t&>())
    members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) { return a->first < b->first; });
  return members;
}

bool same_object_in_any_order(const Json& left, const Json& right) {
  const auto same_member = [](const Member* a, const Member* b) {
    return a->first == b->first && same_document(a->second, b->second);
  };
  const auto lefts = members_by_key(left);
  const auto rights = members_by_key(right);
  return std::equal(lefts.begin(), lefts.end(), rights.begin(), rights.end(), same_member);
}

/// Both have as many members. Those of a copy that was changed stand mostly where they stood: sorted only where not.
bool same_object(const Json& left, const Json& right) {
  auto other = right.get_ref<const Json::object_t&>().begin();
  for (const auto& [key, value] : left.get_ref<const Json::object_t&>()) {
    if (key != other->first) return same_object_in_any_order(left, right);
    if (!same_document(value, other->second)) return false;
    ++other;
  }
  return true;
}

}  // namespace

const Json* member(const Json& object, std::string_view key) {
  const auto* members = object.get_ptr<const Json::object_t*>();
  if (members == nullptr) return nullptr;
  const auto found = find_member(*members, key);
  return found == members->end() || found->second.is_null() ? nullptr : &found->second;
}

std::string_view text_member(const Json& object, std::string_view key) {
  const Json* value = member(object, key);
  const auto* text = value == nullptr ? nullptr : value->get_ptr<const Json::string_t*>();
  return text == nullptr ? std::string_view{} : std::string_view{*text};
}

const Json::array_t& items_member(const Json& object, std::string_view key) {
  static const Json::array_t none;
  const Json* value = member(object, key);
  const auto* items = value == nullptr ? nullptr : value->get_ptr<const Json::array_t*>();
  return items == nullptr ? none : *items;
}

Json object_of(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  Json object = Json::object();
  auto& all = object.get_ref<Json::object_t&>();
  all.reserve(members.size());
  for (const auto& [key, text] : members)
    all.emplace_back(std::string(key), std::string(text));
  return object;
}

void put_member(Json& object, std::string_view key, Json value) {
  auto& members = object.get_ref<Json::object_t&>();
  if (const auto found = find_member(members, key); found != members.end()) {
    found->second = std::move(value);
    return;
  }
  if (members.size() == members.capacity()) {
    Json::object_t roomier;
    roomier.reserve(2 * members.size() + 1);
    for (auto& [name, old] : members)
      roomier.emplace_back(name, std::move(old));
    members = std::move(roomier);
  }
  members.emplace_back(std::string(key), std::move(value));
}

bool same_document(const Json& left, const Json& right) {
  if (left.is_number() && right.is_number()) return same_number(left, right);
  if (left.type() != right.type()) return false;
  if (left.is_object()) return left.size() == right.size() && same_object(left, right);
  if (left.is_array()) return std::equal(left.begin(), left.end(), right.begin(), right.end(), same_document);
  return left == right;
}

}  // namespace dotdiag
