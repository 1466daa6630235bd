// Answers admission reviews: bytes in, bytes out. No network, no clock, no state; never throws.
#pragma once

#include "core/policy/policy.hpp"

#include <string>
#include <string_view>

namespace dotdiag {

/// What admission works with: fixed while a request is answered.
struct AdmissionSettings {
  const PolicySet* policies = &PolicySet::builtin();
  std::string true_means{default_policy_name};  ///< the policy that `dotdiag.io/inject: "true"` stands for
  std::string own_namespace;                    ///< never mutated; empty where unknown
};

/// An HTTP answer.
struct AdmissionAnswer {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  /// For logs and metrics, never anything from inside the object but its kind, namespace and name.
  std::string uid;
  std::string kind;
  std::string operation;
  std::string name_space;
  std::string name;
  std::string result;  ///< `mutated`, `unchanged`, `skipped`, `error`
  std::string reason;  ///< why it was not mutated, a short phrase; empty with `mutated`
};

/// Answers the AdmissionReview (admission.k8s.io/v1 or v1beta1) in `body`. 400 where it is not JSON or not an
/// AdmissionReview; otherwise 200 and `allowed: true`, whatever the object looks like: diagnostics never block a
/// deployment.
AdmissionAnswer answer_review(std::string_view body, const AdmissionSettings& settings);

}  // namespace dotdiag
