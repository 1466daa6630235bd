// Judges one document: what its workloads lack, and the edits that mend it.
#pragma once

#include "core/document/document.hpp"
#include "core/document/workload.hpp"
#include "core/edit/edit.hpp"
#include "core/policy/policy.hpp"
#include "linter/context.hpp"
#include "linter/debugger_file.hpp"
#include "linter/diagnosis.hpp"
#include "linter/finding.hpp"
#include "linter/scope.hpp"
#include "linter/selection.hpp"
#include "linter/sources/sources.hpp"
#include "linter/summary.hpp"
#include "linter/workload_report.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace dotdiag {

class Ignores;

struct LintSettings {
  const PolicySet* policies = &PolicySet::builtin();
  /// What workloads that did not opt in are held against; the first is what `dotdiag.io/inject: "true"` means. Empty:
  /// the policy that they are evidently prepared for, else the default one, or the restricted one where that is the
  /// only one that can work (Knative refuses capabilities too).
  std::vector<const Policy*> judged_by;
  Scope scope;
  Selection selection;               ///< which rules speak
  Severities severities;             ///< what somebody made of how loudly they do
  const Ignores* ignores = nullptr;  ///< of the settings file
  bool webhook = true;               ///< opted-in workloads get what they lack when they are deployed
  bool unsafe_fixes = false;         ///< fixes may replace and remove what a person wrote
  enum class Ways { nobody, unprepared, all };
  Ways ways = Ways::nobody;             ///< of whom it is said which ways lead to them as they are
  Context context;                      ///< where workloads will run
  std::vector<DebuggerFile> debuggers;  ///< debug containers that are meant for the workloads
  std::shared_ptr<const Sources> sources = std::make_shared<const Sources>();  ///< where images come from

  const Surroundings& surroundings_of(const Workload& workload) const { return context.of(workload.name_space); }
  /// What `dotdiag.io/inject: "true"` means there first.
  std::vector<const Policy*> policies_for(const Workload& workload) const;
};

/// What was found about one workload.
struct JudgedWorkload {
  Workload workload;
  std::vector<const Policy*> policies;  ///< what it was held against; none where its annotations mean nothing
  std::vector<Finding> findings;
  std::vector<Finding> suppressed;       ///< by the manifest or the settings
  Edits edits;                           ///< mend the fixable ones among `findings`; to be applied together
  std::vector<Finding> about_debuggers;  ///< each with its own file
  std::vector<std::shared_ptr<Diagnosis>> diagnoses;  ///< those that `findings` are parts of
  std::optional<WorkloadReport> report;               ///< nothing where only a part of it could be judged
};

struct LintedDocument {
  std::vector<Finding> findings;    ///< about the document itself
  std::vector<Finding> suppressed;  ///< likewise
  std::vector<JudgedWorkload> workloads;
};

/// Judges each workload in `document`, which must have been read without error. Counts objects and workloads, but not
/// findings, in `summary`.
LintedDocument lint_document(const Document& document, const LintSettings& settings, Summary& summary);

/// True where the root is an object with `apiVersion` and `kind`.
bool is_kubernetes_object(const Json& root);

}  // namespace dotdiag
