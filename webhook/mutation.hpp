// Decides one admission request: what is done to its object, and what its author is told.
#pragma once

#include "core/document/json.hpp"
#include "core/edit/edit.hpp"
#include "webhook/admission.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// What comes of one request. The object is always allowed.
struct Outcome {
  Edits edits;                        ///< empty: no patch
  std::vector<std::string> warnings;  ///< at most 3, each at most 120 characters without control characters
  std::string policies;               ///< the policies that were asked for, for the audit log; empty where none were
  std::string result;                 ///< `mutated`, `unchanged`, `skipped` or `error`
  std::string reason;                 ///< why nothing was done; empty with `mutated`
};

/// `request` is the `request` member of an AdmissionReview. Before edits leave this function they have been applied to
/// the object as a JSON Patch, and the result evaluated again; edits that fail either are dropped (`error`: a bug of
/// ours).
Outcome decide_request(const Json& request, const AdmissionSettings& settings);

}  // namespace dotdiag
