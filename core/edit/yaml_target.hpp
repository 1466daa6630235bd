// Where in a document's text an edit goes, or why it cannot go there.
#pragma once

#include "core/document/document.hpp"
#include "core/edit/edit.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// Why an edit is not made: reads `<pointer> <problem> (line N)<consequence>`.
struct Refusal {
  Pointer at;
  std::string problem;
  std::string consequence;
};

/// One value on the way from the root to what is edited.
struct Step {
  const Node* node = nullptr;
  const Entry* entry = nullptr;  ///< the member or item that holds it; nullptr for the root
  const Json* value = nullptr;
};

/// What an edit changes: a member or item of the last value on `way`.
struct Target {
  std::string_view text;
  bool is_json = false;
  std::vector<Step> way;         ///< from the root to the mapping or list that the edit changes
  const Entry* entry = nullptr;  ///< the member or item that is replaced or removed; nullptr where one is added
  std::string key;               ///< of the member; empty for an item
  const Step& container() const { return way.back(); }
  bool is_list() const { return container().value->is_array(); }
};

/// Finds the target of `edit`; nothing where it is refused, and then `refusal` says why.
std::optional<Target> find_target(const Document& document, const Edit& edit, Refusal& refusal);

}  // namespace dotdiag
