// Decides one admission request: what is done to its object, and what its author is told.
#pragma once

#include "core/document/json_reader.hpp"
#include "webhook/admission.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// What comes of one request. The object is always allowed.
struct Outcome {
  std::string patch;                  ///< JSON Patch (RFC 6902), the bytes that were proved; empty: none
  std::vector<std::string> warnings;  ///< at most 3, each at most 120 characters without control characters
  std::string policies;               ///< the policies that were asked for, for the audit log; empty where none were
  std::string result;                 ///< `mutated`, `unchanged`, `skipped` or `error`
  std::string reason;                 ///< why nothing was done; empty with `mutated`
  std::string_view skip_cause = {};   ///< with `skipped`: one of skip_causes
  bool is_invalid = false;            ///< an annotation or the pod makes no sense
  std::size_t operations = 0;         ///< of the patch
};

/// `request` is the `request` member of an AdmissionReview. Before a patch leaves this function its text has been read
/// and applied to the object, and the result evaluated again; one that fails either is dropped (`error`: a bug of
/// ours). Where there is a patch, the object in `request` is then the patched one. `reader` has read the request: its
/// buffers serve for the patch too.
Outcome decide_request(Json& request, const AdmissionSettings& settings, JsonReader& reader);

}  // namespace dotdiag
