// Finds the one pod in the input that is meant, and the policy for it.
#pragma once

#include "core/document/document.hpp"
#include "core/document/workload.hpp"
#include "core/policy/policy.hpp"

#include <memory>
#include <string>

namespace dotdiag {

/// A pod (or a workload with a pod template) in the document that holds it.
struct Chosen {
  Document document;
  Workload workload;
};

/// The workload in `source` whose name is `name`; with an empty `name` the only one. Throws InputError where a document
/// cannot be read, and where there is none or more than one to choose from: it then lists them.
Chosen choose_workload(const std::shared_ptr<const Source>& source, const std::string& name);

/// The policy called `name`; with an empty `name` the one that the webhook's marker on the pod names (where it is
/// exactly one and known), else the default. Throws InputError where there is none of that name.
const Policy& choose_policy(const PolicySet& policies, const std::string& name, const Chosen& chosen);

/// `Deployment shop/web`.
std::string describe(const Workload& workload);

}  // namespace dotdiag
