// Changes an input that is JSON as a person would: one value goes, is replaced, or moves to another place. Bytes
// changed at random nearly always end in text that is no JSON, and then only the reader is tested. Linked into the
// targets that read JSON.
#include "core/document/json.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using dotdiag::Json;

// libFuzzer's own names; clang declares them in no header.
extern "C" std::size_t LLVMFuzzerMutate(unsigned char* data, std::size_t size, std::size_t max_size);
extern "C" std::size_t LLVMFuzzerCustomMutator(unsigned char* data, std::size_t size, std::size_t max_size,
                                               unsigned seed);

namespace {

using Random = std::minstd_rand;

std::size_t below(Random& random, std::size_t limit) {
  return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

/// True where collect, below, might run out of stack.
bool is_deep(std::string_view text) {
  return std::count(text.begin(), text.end(), '[') + std::count(text.begin(), text.end(), '{') > 1000;
}

/// `value` and everything inside it.
void collect(Json& value, std::vector<Json*>& found) {
  found.push_back(&value);
  if (!value.is_structured()) return;
  for (Json& inner : value)
    collect(inner, found);
}

Json odd_value(Random& random) {
  static const std::vector<Json> values = {nullptr,
                                           true,
                                           false,
                                           0,
                                           -1,
                                           1.5,
                                           "",
                                           "/tmp",
                                           "true",
                                           "x,y",
                                           Json::array(),
                                           Json::object(),
                                           Json::array({nullptr})};
  return values[below(random, values.size())];
}

/// A new member with the name of one that is elsewhere.
void add_member(Json& object, const std::vector<Json*>& all, Random& random) {
  const Json& other = *all[below(random, all.size())];
  if (!other.is_object() || other.empty()) return;
  const auto member = std::next(other.begin(), static_cast<std::ptrdiff_t>(below(random, other.size())));
  Json value = member.value();
  object[std::string(member.key())] = std::move(value);
}

void remove_something(Json& collection, Random& random) {
  if (collection.empty()) return;
  const std::size_t index = below(random, collection.size());
  if (collection.is_array()) return collection.erase(index);
  collection.erase(std::next(collection.begin(), static_cast<std::ptrdiff_t>(index)));
}

void mutate(Json& root, Random& random) {
  std::vector<Json*> all;
  collect(root, all);
  Json& chosen = *all[below(random, all.size())];
  Json other = *all[below(random, all.size())];
  switch (below(random, 5)) {
    case 0:
      chosen = odd_value(random);
      break;
    case 1:
      chosen = std::move(other);
      break;
    case 2:
      if (chosen.is_array()) chosen.push_back(std::move(other));
      if (chosen.is_object()) add_member(chosen, all, random);
      break;
    default:
      if (chosen.is_structured()) remove_something(chosen, random);
      break;
  }
}

/// One string changes as libFuzzer changes bytes: it knows the dictionary, and what was compared with what.
void mutate_string(Json& root, Random& random) {
  std::vector<Json*> all;
  collect(root, all);
  all.erase(std::remove_if(all.begin(), all.end(), [](const Json* value) { return !value->is_string(); }), all.end());
  if (all.empty()) return;
  auto& text = all[below(random, all.size())]->get_ref<std::string&>();
  const std::size_t size = text.size();
  text.resize(size + 40);
  text.resize(LLVMFuzzerMutate(reinterpret_cast<unsigned char*>(text.data()), size, text.size()));
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(unsigned char* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  Random random(seed);
  if (below(random, 4) == 0) return LLVMFuzzerMutate(data, size, max_size);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Json root = is_deep(text) ? Json(Json::value_t::discarded) : Json::parse(text, nullptr, false);
  if (root.is_discarded()) return LLVMFuzzerMutate(data, size, max_size);
  for (std::size_t count = 1 + below(random, 3); count > 0; --count) {
    if (below(random, 3) == 0) {
      mutate_string(root, random);
    } else {
      mutate(root, random);
    }
  }
  const std::string changed = root.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (changed.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::copy(changed.begin(), changed.end(), data);
  return changed.size();
}
