#include "core/policy/rules/ptrace.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

constexpr std::string_view sharing_flag = "kubernetes.podspec-shareprocessnamespace";
constexpr std::string_view capabilities_flag = "kubernetes.containerspec-addcapabilities";

/// What the policy asks for is not added: the Service would be refused with all else that is in it.
Hazard unshareable(const Subject& subject, std::string requirement) {
  Hazard hazard;
  hazard.at = subject.pod.spec_path();
  hazard.message = "Knative refuses shareProcessNamespace unless " + std::string(sharing_flag) + " is enabled";
  hazard.remedy =
      "debug with targetContainerName and set dotdiag.io/skip: " + requirement + ", or enable it and set the field";
  hazard.severity = Severity::warning;  // a debugger that joins the container's own namespace works all the same
  hazard.instead_of = std::move(requirement);
  hazard.rules_out = true;
  return hazard;
}

/// What stands in the manifest already was written by somebody who knows their cluster.
Hazard written_already(Hazard hazard, const std::string& what, std::string_view flag) {
  hazard.message = "Knative takes " + what + " only where " + std::string(flag) + " is enabled";
  hazard.remedy = "enable it in the ConfigMap config-features";
  hazard.severity = Severity::note;
  hazard.fix.clear();
  return hazard;
}

Hazard added_already(Hazard hazard) {
  return written_already(std::move(hazard), "SYS_PTRACE", capabilities_flag);
}

Hazard shared_already(const Subject& subject) {
  Hazard hazard;
  hazard.at = subject.pod.spec_path() / "shareProcessNamespace";
  return written_already(std::move(hazard), "shareProcessNamespace", sharing_flag);
}

std::vector<Hazard> check(const Subject& subject) {
  if (!subject.pod.workload().is_knative() || subject.targets().empty()) return {};
  std::vector<Hazard> hazards = refused_ptrace(
      subject, {"Knative", "use the policy dotnet-dump-restricted, or enable " + std::string(capabilities_flag)});
  for (Hazard& hazard : hazards) {
    if (!hazard.rules_out) hazard = added_already(std::move(hazard));
  }
  std::string unmet = subject.unmet(subject.targets().front(), "process-namespace");
  if (!unmet.empty()) {
    hazards.push_back(unshareable(subject, std::move(unmet)));
  } else if (shares_processes(subject.pod)) {
    hazards.push_back(shared_already(subject));
  }
  return hazards;
}

}  // namespace

const Rule knative_refuses{
    "knative-refuses",
    Severity::warning,
    Rule::Scope::pod,
    "Knative refuses what the policy asks for, unless the cluster allows it",
    "Knative's admission takes a part of the pod's fields only. Its ConfigMap config-features has a flag for each of "
    "the others, and kubernetes.podspec-shareprocessnamespace (from Knative 1.12 on) and "
    "kubernetes.containerspec-addcapabilities are disabled by default: \"validation failed: must not set the "
    "field(s): spec.template.spec.shareProcessNamespace\". emptyDir volumes and variables are taken.",
    "Leave both out: a debugger with targetContainerName sees the application's process, and needs no SYS_PTRACE on "
    "current nodes. dotdiag.io/skip: share-process-namespace says that this is meant.",
    "https://knative.dev/docs/serving/configuration/feature-flags/",
    check,
};

}  // namespace dotdiag
