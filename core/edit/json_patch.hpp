// JSON Patch (RFC 6902): written for the API server, and applied as the API server applies it.
#pragma once

#include "core/edit/edit.hpp"

#include <stdexcept>
#include <string>

namespace dotdiag {

/// The edits as an RFC 6902 document: the same bytes for the same edits.
std::string write_json_patch(const Edits& edits);

/// A patch that does not apply: which operation (counted from 0) and why.
class PatchError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Applies the RFC 6902 document `patch` to `document`. Throws PatchError where evanphx/json-patch v4.13, the API
/// server's library, refuses: a missing or null parent, an index out of range, remove or move of what is not there, a
/// failed test, an unknown operation, and the empty path but for test and replace. As there, negative indices count
/// from the end, and a test takes a missing member for null. Stricter than the library where the RFC leaves no doubt:
/// replace or copy of what is not there (the library adds), a missing `value`, a pointer that is not one. `document` is
/// then unspecified.
void apply_json_patch(Json& document, const Json& patch);

}  // namespace dotdiag
