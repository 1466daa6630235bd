// The members of a YAML mapping on their way to a JSON object: merge keys and duplicates.
#pragma once

#include "core/document/document.hpp"

#include <vector>

namespace dotdiag {

/// A member of a mapping, or an item of a sequence, whose collection is not finished yet.
struct Member {
  Entry entry;
  Json value;
  bool is_merge = false;  ///< the member is a merge key, `<<`
};

/// Puts the members of what each merge key brings in its place; of several mappings the first wins, so it comes last.
/// The values of merge keys must be objects or arrays of objects.
void merge_members(std::vector<Member>& members);

/// Of members with the same key drops all but the last. Returns a note for each key that a person wrote twice;
/// overriding what a merge key brings is what merge keys are for.
std::vector<ReadNote> drop_duplicates(const Source& source, std::vector<Member>& members);

}  // namespace dotdiag
