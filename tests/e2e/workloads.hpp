// Objects that the end-to-end tests create, and what becomes of them.
#pragma once

#include "core/document/json.hpp"

#include <string>

namespace dotdiag::test {

/// A Deployment of two replicas with `dotdiag.io/inject: "true"`.
Json deployment(const std::string& name);

/// A pod of the template of `workload`, as a controller would make it.
Json pod_of(const Json& workload);

/// The object as the API server keeps it, without what differs from run to run (uid, times, generated names ...) and
/// without its defaults: what `plain` has as well but `applied` did not ask for. `plain` is the same object, stored
/// where no webhook was asked.
Json without_defaults(Json stored, Json plain, const Json& applied);

/// `value` as a YAML file.
std::string yaml_text(const Json& value);

}  // namespace dotdiag::test
