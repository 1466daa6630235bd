#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::size_t longest_name = 63;

/// True where `name` is a DNS label (RFC 1123), as names of containers are.
bool is_label(std::string_view name) {
  const auto is_alphanumeric = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
  };
  return !name.empty() && name.size() <= longest_name && is_alphanumeric(name.front()) &&
         is_alphanumeric(name.back()) &&
         std::all_of(name.begin(), name.end(), [&](char letter) { return letter == '-' || is_alphanumeric(letter); });
}

const Json* find_named(const Json& spec, std::string_view list, std::string_view name) {
  for (const Json& container : items_member(spec, list)) {
    if (text_member(container, "name") == name) return &container;
  }
  return nullptr;
}

/// True where adding `debugger` would change nothing: all that it says is there already.
bool is_there(const Json& existing, const Json& debugger) {
  const auto members = debugger.items();
  return std::all_of(members.begin(), members.end(), [&](const auto& one) {
    const Json* same = member(existing, one.key());
    return same != nullptr && same_document(*same, one.value());
  });
}

/// What has the name already; empty where nothing does, or where it is the very same ephemeral container.
std::string holder(const PodView& pod, const Debugger& debugger) {
  if (find_named(pod.spec(), "containers", debugger.name()) != nullptr) return "a container";
  if (find_named(pod.spec(), "initContainers", debugger.name()) != nullptr) return "an init container";
  const Json* existing = find_named(pod.spec(), "ephemeralContainers", debugger.name());
  const bool is_other = existing != nullptr && !is_there(*existing, *debugger.json);
  return is_other ? "an ephemeral container" : "";
}

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  if (is_custom_profile(subject)) return {};
  const std::string name(debugger.name());
  if (name.empty()) return {{"", debugger.path, "the ephemeral container has no name", "give it one"}};
  const Pointer at = debugger.path / "name";
  if (!is_label(name))
    return {{name, at, "`" + name + "` is no name for a container", "use a-z, 0-9 and hyphens, at most 63 characters"}};
  const std::string taken_by = holder(subject.pod, debugger);
  if (taken_by.empty()) return {};
  return {{name, at, "the pod has " + taken_by + " called `" + name + "` already", "choose another name"}};
}

}  // namespace

const Rule ec_name_collision{
    "ec-name-collision",
    Severity::error,
    Rule::Scope::debugger,
    "an ephemeral container has a name that it cannot have",
    "Names are unique among all containers of a pod, also those that have ended: the API server answers "
    "\"Duplicate value\" or \"existing ephemeral containers ... may not be changed\". An ephemeral container can "
    "be neither changed nor removed as long as the pod lives.",
    "Choose a name that no container of the pod has: lower-case letters, digits and hyphens, at most 63 "
    "characters.",
    "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    check,
};

}  // namespace dotdiag
