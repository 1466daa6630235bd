// What an object is inside dotdiag: a JSON document, however it was written down.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

// Instantiated once, in json.cpp: it is what a translation unit would spend most of its compile time on.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

// nlohmann defines a literal, which nobody here uses, with a parser that every translation unit would instantiate for
// it: two thirds of a second each. This one, of a JSON that is not ours, is never defined; the literal would not link.
template <>
class nlohmann::detail::parser<nlohmann::json, nlohmann::detail::iterator_input_adapter<const char*>> {
 public:
  template <typename... Settings>
  explicit parser(nlohmann::detail::iterator_input_adapter<const char*>&& input, Settings... settings);
  void parse(bool is_strict, nlohmann::json& result);
};

namespace dotdiag {

/// A JSON value whose objects keep the order in which their members were written.
/// Looking a member up is linear in the number of members; the readers of this folder never look up while they build,
/// so reading stays linear. Members that Kubernetes objects have are few.
using Json = nlohmann::ordered_json;

/// Member `key` of `object`; nullptr where `object` is not an object, has no such member, or has null there.
/// Kubernetes treats null as absent, and so does everything that looks through this function.
const Json* member(const Json& object, std::string_view key);

/// The text at member `key`, or an empty view where it is absent or not a string. Valid as long as `object` is
/// unchanged.
std::string_view text_member(const Json& object, std::string_view key);

/// The items at member `key`: an empty list where it is absent or not an array.
const Json::array_t& items_member(const Json& object, std::string_view key);

/// An object of texts, in that order; keys must differ. nlohmann's own list of pairs makes an array of each first.
Json object_of(std::initializer_list<std::pair<std::string_view, std::string_view>> members);

/// Sets member `key` of `object`, at the end where it is new. `object` must be an object.
/// Moves the other members where `operator[]` of an ordered_json would copy them, whole trees included, each time it
/// grows.
void put_member(Json& object, std::string_view key, Json value);

/// True where both are the same document: the order of members does not count, and 1 equals 1.0.
/// Members must be unique, as all readers see to. Linear but for the sorting of members by name.
bool same_document(const Json& left, const Json& right);

}  // namespace dotdiag
