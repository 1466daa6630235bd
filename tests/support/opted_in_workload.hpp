// Random workloads that ask for an injection.
#pragma once

#include "core/document/workload.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/opt_in.hpp"
#include "tests/support/pod_generator.hpp"

#include <cstdint>
#include <utility>

namespace dotdiag::test {

inline Json opted_in_workload(std::uint64_t seed) {
  PodGenerator generator(seed);
  Json object = generator.workload();
  Json annotations = Json::object();
  annotations["dotdiag.io/inject"] = generator.pick<const char*>(
      {"true", "dotnet-dump", "dotnet-dump-restricted", "dotnet-monitor", "dotnet-dump,dotnet-monitor"});
  if (generator.once_in(4)) annotations["dotdiag.io/on-conflict"] = "override";
  if (generator.once_in(10)) annotations["dotdiag.io/containers"] = "app";
  if (generator.once_in(10)) annotations["dotdiag.io/size-limit"] = "2Gi";
  const Json& present = object["metadata"].value("annotations", Json());
  if (present.is_object()) annotations.update(present);
  object["metadata"]["annotations"] = std::move(annotations);
  return object;
}

/// True where the object has whatever its annotations ask for and a webhook may add.
/// An annotation that makes no sense asks for nothing.
inline bool nothing_left_to_add(const Json& object) {
  const auto workload = as_workload(object);
  OptIn opt_in = read_opt_in(PodView(object, *workload), PolicySet::builtin());
  if (!opt_in.invalid.empty()) return true;
  opt_in.choices.applied_again = true;
  Json copy = object;
  return evaluate(opt_in.policies, copy, *workload, opt_in.choices).edits().empty();
}

}  // namespace dotdiag::test
