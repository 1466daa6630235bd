// Judges one document: what its workloads lack, and the edits that mend it.
#pragma once

#include "core/document/document.hpp"
#include "core/edit/edit.hpp"
#include "core/policy/policy.hpp"
#include "linter/finding.hpp"
#include "linter/scope.hpp"
#include "linter/summary.hpp"

#include <vector>

namespace dotdiag {

struct LintSettings {
  const PolicySet* policies = &PolicySet::builtin();
  /// What workloads that did not opt in are held against; the first is what `dotdiag.io/inject: "true"` means. Not
  /// empty.
  std::vector<const Policy*> judged_by = {PolicySet::builtin().find(default_policy_name)};
  Scope scope;
  bool webhook = true;  ///< opted-in workloads get what they lack when they are deployed
};

/// What was found about one workload.
struct JudgedWorkload {
  std::vector<Finding> findings;
  Edits edits;  ///< mend the fixable ones among `findings`; to be applied together
};

struct LintedDocument {
  std::vector<Finding> findings;  ///< about the document itself
  std::vector<JudgedWorkload> workloads;
};

/// Judges each workload in `document`, which must have been read without error. Its root ends as the cured one; the
/// positions of findings are those of the text. Counts objects and workloads, but not findings, in `summary`.
LintedDocument lint_document(Document& document, const LintSettings& settings, Summary& summary);

/// True where the root is an object with `apiVersion` and `kind`.
bool is_kubernetes_object(const Json& root);

}  // namespace dotdiag
