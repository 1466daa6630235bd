// Answers admission reviews: bytes in, bytes out. No network, no clock, no state; never throws.
#pragma once

#include "core/policy/policy.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace dotdiag {

/// What admission works with: fixed while a request is answered.
struct AdmissionSettings {
  const PolicySet* policies = &PolicySet::builtin();
  std::string true_means{default_policy_name};  ///< the policy that `dotdiag.io/inject: "true"` stands for
  std::string own_namespace;                    ///< never mutated; empty where unknown
  /// What an object asks for that has no `dotdiag.io/inject`: as its value. Not empty: only such objects are mutated.
  std::string by_default;
};

/// Why an object is left alone whatever it says, in a word for metrics.
inline constexpr std::array<std::string_view, 12> skip_causes = {
    "operation",  "subresource", "no-object",      "not-a-workload", "system-namespace", "own-namespace",
    "mirror-pod", "owned",       "owner-injected", "immutable",      "no-old-object",    "template-unchanged"};

/// An HTTP answer.
struct AdmissionAnswer {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  /// For logs and metrics, never anything from inside the object but its kind, namespace and name.
  std::string api_version;  ///< of the review
  std::string uid;
  std::string kind;
  std::string operation;
  std::string name_space;
  std::string name;
  std::string policies;              ///< those that were asked for, separated by commas
  std::string result;                ///< `mutated`, `unchanged`, `skipped`, `late`, `error`
  std::string reason;                ///< why it was not mutated, a short phrase; empty with `mutated`
  std::string_view skip_cause = {};  ///< with `skipped`: one of skip_causes
  bool is_invalid = false;           ///< an annotation or the pod makes no sense
  std::size_t operations = 0;        ///< of the patch
};

/// Answers the AdmissionReview (admission.k8s.io/v1 or v1beta1) in `body`. 400 where it is not JSON or not an
/// AdmissionReview; otherwise 200 and `allowed: true`, whatever the object looks like: diagnostics never block a
/// deployment.
AdmissionAnswer answer_review(std::string_view body, const AdmissionSettings& settings);

/// What is said instead of `answer` where it took so long that the API server hardly waits for it any more: the object
/// is allowed as it is, with a warning.
AdmissionAnswer late_answer(AdmissionAnswer answer);

}  // namespace dotdiag
