#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

constexpr std::string_view app_armor_annotation = "container.apparmor.security.beta.kubernetes.io/";
constexpr std::string_view on_node = "localhost/";

/// A profile that lies on the node, where it cannot be read from here.
struct NodeProfile {
  Pointer at;
  std::string kind;
  std::string name;
};

std::optional<NodeProfile> profile_in(const Subject& subject, const ContainerView& target, const char* field,
                                      const char* kind) {
  const Json* profile = security_field(subject.pod, *target.json, field);
  if (profile == nullptr || text_member(*profile, "type") != "Localhost") return std::nullopt;
  const Pointer at = security_path(subject.pod, target, field);
  return NodeProfile{at, kind, std::string(text_member(*profile, "localhostProfile"))};
}

/// The older way to name an AppArmor profile.
std::optional<NodeProfile> annotated_profile(const Subject& subject, const ContainerView& target) {
  const Pointer at = subject.pod.workload().pod_metadata / "annotations" /
                     (std::string(app_armor_annotation) + std::string(target.name()));
  const Json* value = value_at(subject.pod.document(), at);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  const std::string_view name = value->get_ref<const std::string&>();
  if (name.substr(0, on_node.size()) != on_node) return std::nullopt;
  return NodeProfile{at, "AppArmor", std::string(name.substr(on_node.size()))};
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const auto app_armor = profile_in(subject, target, "appArmorProfile", "AppArmor");
    for (const auto& profile : {profile_in(subject, target, "seccompProfile", "seccomp"),
                                app_armor ? app_armor : annotated_profile(subject, target)}) {
      if (!profile) continue;
      hazards.push_back(
          {std::string(target.name()), profile->at,
           "the node's " + profile->kind + " profile " + profile->name + " may forbid a dump of " + named(target),
           "see that it allows ptrace"});
    }
  }
  return hazards;
}

}  // namespace

const Rule seccomp_localhost_unknown{
    "seccomp-localhost-unknown",
    Severity::note,
    Rule::Scope::pod,
    "a profile on the node decides whether a dump can be taken",
    "createdump traces the application and reads its memory. A seccomp profile without ptrace stops it with \"Problem "
    "suspending thread: ptrace(ATTACH, 1) FAILED Operation not permitted (1)\", an AppArmor profile without readby "
    "and tracedby with \"open(/proc/1/mem) FAILED Permission denied (13)\". What a profile on the node allows cannot "
    "be seen from the manifest.",
    "Allow ptrace in the seccomp profile, readby and tracedby in the AppArmor "
    "profile.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/faq-dumps",
    check,
};

}  // namespace dotdiag
