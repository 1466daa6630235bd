// A change to a document, as data. Requirements and safe fixes only ever add.
#pragma once

#include "core/document/json.hpp"
#include "core/document/pointer.hpp"

#include <string_view>
#include <vector>

namespace dotdiag {

/// `replace` and `remove` exist for the linter's unsafe fixes; the webhook never uses them.
enum class Operation { add, replace, remove };

/// One operation of RFC 6902. `path` ends in `-` where `value` is appended to an array.
struct Edit {
  Pointer path;
  Json value;
  Operation operation = Operation::add;
};

using Edits = std::vector<Edit>;

/// True where set_member can set `path`: every value on the way is an object, an array with the index that the path
/// names, or (in an object) missing or null; and what holds the member is an object. Not so where a person wrote
/// something else there, such as `env: none`; and not below a null item of an array, because adding at an index
/// inserts. What is at `path` itself does not count.
bool can_hold(const Json& document, const Pointer& path);

/// True where append_item can append to `path`: an array is there, or it is missing or null and can_hold is true.
bool can_append(const Json& document, const Pointer& path);

/// Sets the member that `path` names to `value`. Where parents are missing or null, one edit adds the highest missing
/// one with all below it, because JSON Patch cannot add under a parent that is not there. An existing value is replaced
/// (RFC 6902 section 4.1: add on an existing member replaces it), so callers look first. Throws std::logic_error unless
/// can_hold.
Edit set_member(const Json& document, const Pointer& path, Json value);

/// Appends `value` to the array at `path`; where that is missing or null, adds it (and its missing parents) with
/// `value` as its only item. Never inserts at an index, so that the indexes of others' patches stay right. Throws
/// std::logic_error unless can_append.
Edit append_item(const Json& document, const Pointer& path, Json value);

/// Applies `edit` to `document`. Throws std::logic_error where it does not fit: our own edits always do, and a wrong
/// one must not go unnoticed in a release build either.
void apply(Json& document, const Edit& edit);

}  // namespace dotdiag
