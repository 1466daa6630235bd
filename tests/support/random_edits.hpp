// Random edits that fit a document.
#pragma once

#include "core/edit/edit.hpp"
#include "tests/support/yaml_text_generator.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// Appends the pointers of `value`, if it is an object or an array, and of all those inside it to `found`.
inline void collect_collections(const Json& value, const Pointer& at, std::vector<Pointer>& found) {
  if (!value.is_structured()) return;
  found.push_back(at);
  for (const auto& [key, inner] : value.items())
    collect_collections(inner, at / std::string_view(key), found);
}

/// A new member, a scalar or an empty collection replaced, or an item appended. `document` must be an object or an
/// array.
inline Edit random_edit(YamlTextGenerator& generator, const Json& document) {
  std::vector<Pointer> collections;
  collect_collections(document, Pointer(), collections);
  const Pointer at = generator.pick(collections);
  const Json& collection = *value_at(document, at);
  if (collection.is_array()) return {at / std::string_view("-"), generator.value(2), Operation::add};
  std::string key = "new" + std::to_string(generator.below(100));
  if (!collection.empty() && generator.chance(20)) {
    const auto member = std::next(collection.begin(), static_cast<std::ptrdiff_t>(generator.below(collection.size())));
    if (!member->is_structured() || member->empty()) key = member.key();
  }
  return {at / std::string_view(key), generator.value(2), Operation::add};
}

/// One to four edits, each made for `document` as the ones before it leave it; `document` ends with all of them made.
inline Edits random_edits(YamlTextGenerator& generator, Json& document) {
  Edits edits;
  for (std::size_t count = 1 + generator.below(4); count > 0; --count) {
    edits.push_back(random_edit(generator, document));
    dotdiag::apply(document, edits.back());
  }
  return edits;
}

}  // namespace dotdiag
