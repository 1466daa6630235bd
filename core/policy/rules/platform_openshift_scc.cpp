#include "core/policy/rules/ptrace.hpp"
#include "core/policy/rules/rules.hpp"

#include <set>

namespace dotdiag {
namespace {

/// Each namespace has a range of users of its own, and these begin here.
constexpr std::int64_t first_assigned_user = 1'000'000'000;

/// The constraints that the pod itself asks for; empty where it takes what it gets, which is restricted-v2.
std::string_view asked_constraints(const PodView& pod) {
  const Json* annotations = value_at(pod.document(), pod.workload().pod_metadata / "annotations");
  return annotations == nullptr ? std::string_view{} : text_member(*annotations, "openshift.io/required-scc");
}

bool is_restricted(std::string_view constraints) {
  return constraints.empty() || constraints.substr(0, 10) == "restricted";
}

/// The user that is written down for `container`: of a debugger only its own, the pod's is judged with the pod.
std::optional<std::int64_t> written_user(const Subject& subject, const ContainerView& container) {
  if (subject.debugger == nullptr) return run_as_user(subject.pod, *container.json);
  const Json* context = member(*container.json, "securityContext");
  if (context == nullptr || member(*context, "runAsUser") == nullptr) return std::nullopt;
  return integer_member(*context, "runAsUser", first_assigned_user);
}

std::optional<Hazard> refused_user(const Subject& subject, const ContainerView& container) {
  const auto user = written_user(subject, container);
  if (!user || *user >= first_assigned_user) return std::nullopt;
  return Hazard{
      std::string(container.name()), security_path(subject.pod, container, "runAsUser"),
      "OpenShift restricted-v2 refuses runAsUser " + std::to_string(*user) + " of " + judged_name(subject, container),
      "remove it, or name the constraints that allow it in openshift.io/required-scc", Severity::warning};
}

std::vector<Hazard> check(const Subject& subject) {
  if (subject.surroundings.platform != Platform::openshift) return {};
  if (!is_restricted(asked_constraints(subject.pod))) return {};
  auto hazards = refused_ptrace(subject, {"OpenShift restricted-v2", "use the policy dotnet-dump-restricted"});
  std::set<std::string> said;  // the pod's user is that of all its containers
  for (const ContainerView& container : judged_containers(subject)) {
    auto hazard = refused_user(subject, container);
    if (hazard && said.insert(hazard->at.text()).second) hazards.push_back(*std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule platform_openshift_scc{
    "platform-openshift-scc",
    Severity::error,
    Rule::Scope::any,
    "OpenShift's default security context constraints refuse the pod",
    "restricted-v2 allows no capability but NET_BIND_SERVICE, and gives each namespace users of its own. Anything "
    "else is refused with \"unable to validate against any security context constraint\". Ephemeral containers are "
    "checked too; without a runAsUser they get the user of the pod, which is the one that is needed.",
    "Leave SYS_PTRACE and runAsUser out. Where the service account may use other constraints, name them in the pod's "
    "annotation openshift.io/required-scc.",
    "https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html",
    check,
};

}  // namespace dotdiag
