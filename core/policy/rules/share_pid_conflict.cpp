#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

/// The API server goes by spec.os alone: a node selector may say what it likes.
bool has_windows_system(const PodView& pod) {
  const Json* os = member(pod.spec(), "os");
  return os != nullptr && text_member(*os, "name") == "windows";
}

std::vector<Hazard> check(const Subject& subject) {
  const PodView& pod = subject.pod;
  const Pointer at = pod.spec_path() / "shareProcessNamespace";
  Hazard hazard;
  hazard.at = at;
  if (has_windows_system(pod) && member(pod.spec(), "shareProcessNamespace") != nullptr) {
    hazard.message = "the API server refuses a Windows pod that sets shareProcessNamespace";
    hazard.remedy = "remove shareProcessNamespace";
    hazard.fix.push_back(removed(at));
    return {std::move(hazard)};
  }
  if (!pod.host_pid() || !shares_processes(pod)) return {};
  hazard.message = "the API server refuses a pod with both shareProcessNamespace and hostPID";
  hazard.remedy = "remove hostPID";
  return {std::move(hazard)};
}

}  // namespace

const Rule share_pid_conflict{
    "share-pid-conflict",
    Severity::error,
    Rule::Scope::pod,
    "shareProcessNamespace is set where it is not allowed",
    "The API server refuses the pod: \"ShareProcessNamespace and HostPID cannot both be enabled\", or, with "
    "spec.os.name windows, \"cannot be set for a windows pod\".",
    "Remove hostPID (or, on Windows, shareProcessNamespace).",
    "https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/",
    check,
};

}  // namespace dotdiag
