// Finds the one pod in the input that is meant, and the policy for it.
#pragma once

#include "core/document/document.hpp"
#include "core/document/workload.hpp"
#include "core/ephemeral/debugger_choices.hpp"
#include "core/policy/policy.hpp"

#include <memory>
#include <optional>
#include <string>

namespace dotdiag {

/// A pod (or a workload with a pod template) in the document that holds it.
struct Chosen {
  Document document;
  Workload workload;
};

/// The workload in `source` whose name is `name` (or `namespace/name`); with an empty `name` the only one. Throws
/// InputError where a document cannot be read, and where there is none or more than one to choose from: it then lists
/// them.
Chosen choose_workload(const std::shared_ptr<const Source>& source, const std::string& name);

/// The policy called `name`. With an empty `name` the first one whose debugger can do what `choices` ask for (mode and
/// kind) of those that the webhook's marker on the pod names, then the default, then the others by name. Throws
/// InputError where there is none.
const Policy& choose_policy(const PolicySet& policies, const std::string& name, const DebuggerChoices& choices,
                            const Chosen& chosen);

/// `Deployment shop/web`.
std::string describe(const Workload& workload);

}  // namespace dotdiag
