// env: the target container sets an environment variable.
//
// What counts is the value the process gets: of duplicates the last, references expanded. Parameter `accept` says which
// of the user's own values do as well as the policy's:
//   equal    only the policy's value (compared as a path where the policy takes it from a shared volume)
//   any      whatever is there
//   enabled  what the runtime does not read as zero; the variables in `switches` must not read as zero either
#include "core/policy/kinds.hpp"
#include "core/policy/runtime_settings.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

std::optional<std::string> wanted_value(const Check& check) {
  const auto from_volume = check.parameter("directoryOf");
  return from_volume.empty() ? std::string(check.parameter("value")) : check.directory_of(from_volume);
}

bool accepts(const Check& check, const EnvValue& value, const std::string& wanted) {
  const auto accept = check.parameter("accept");
  if (accept == "any") return true;
  if (accept == "enabled") return !reads_as_zero(value.value);
  if (value.value == wanted) return true;
  const Requirement* volume = check.policy.find(check.parameter("directoryOf"));
  if (volume == nullptr) return false;
  // The runtime takes an empty TMPDIR for none, and then its default.
  return (value.value.empty() ? text_member(volume->parameters, "mountPath") : normal_path(value.value)) == wanted;
}

/// A variable of the user's own whose value stands in the way.
struct Contrary {
  std::string name;
  EnvValue value;
};

/// The variables that turn off what the requirement's own variable turns on, and that one itself if its value will not
/// do.
std::vector<Contrary> find_contrary(const Check& check, const EnvValue& own, const std::string& wanted) {
  std::vector<Contrary> found;
  for (const Json& item : items_member(check.requirement.parameters, "switches")) {
    const auto& name = item.get_ref<const std::string&>();
    EnvValue value = env_value(check.pod, *check.container->json, name);
    if (value.kind == EnvValue::Kind::literal && reads_as_zero(value.value)) found.push_back({name, std::move(value)});
  }
  if (own.kind == EnvValue::Kind::literal && !accepts(check, own, wanted)) {
    found.push_back({std::string(check.parameter("name")), own});
  }
  return found;
}

/// What stands in the way is replaced where that was asked for, else it is a conflict.
Unmet resolve(const Check& check, const std::vector<Contrary>& contrary, const std::string& wanted) {
  const Contrary& first = contrary.front();
  Unmet unmet = check.conflict(check.container->path / "env" / first.value.index,
                               check.subject() + " sets " + first.name + "=" + first.value.value,
                               "set it to " + wanted + " or remove it");
  const bool is_elsewhere =
      std::any_of(contrary.begin(), contrary.end(), [](const Contrary& one) { return !one.value.config_map.empty(); });
  if (!check.choices.override_conflicts || is_elsewhere) return unmet;
  for (const Contrary& one : contrary) {
    unmet.edits.push_back(
        set_member(check.pod.document(), check.container->path / "env" / one.value.index / "value", wanted));
  }
  return unmet;
}

void warn_of_unknown(const Check& check, const std::string& name, const EnvValue& value, const std::string& wanted) {
  check.warn(check.container->path / "env" / value.index, name + " cannot be checked (" + value.why_unknown + ")",
             "make sure that it " + wanted);
}

void warn_of_unknown_switches(const Check& check) {
  for (const Json& item : items_member(check.requirement.parameters, "switches")) {
    const auto& name = item.get_ref<const std::string&>();
    const EnvValue value = env_value(check.pod, *check.container->json, name);
    if (value.kind == EnvValue::Kind::unknown) warn_of_unknown(check, name, value, "is not 0");
  }
}

bool is_set_by_alias(const Check& check) {
  for (const Json& item : items_member(check.requirement.parameters, "aliases")) {
    if (!env_value(*check.container->json, item.get_ref<const std::string&>()).is_absent()) return true;
  }
  return false;
}

}  // namespace

std::optional<Unmet> check_env(const Check& check) {
  const std::string name(check.parameter("name"));
  const auto from_policy = wanted_value(check);
  if (!from_policy) return std::nullopt;
  const std::string& wanted = *from_policy;
  const EnvValue value = env_value(check.pod, *check.container->json, name);
  if (value.kind == EnvValue::Kind::unknown) warn_of_unknown(check, name, value, "is " + wanted);
  warn_of_unknown_switches(check);
  const auto contrary = find_contrary(check, value, wanted);
  const bool is_missing = value.is_absent() && !is_set_by_alias(check);
  if (contrary.empty() && !is_missing) return std::nullopt;

  Unmet unmet = contrary.empty() ? check.missing(check.subject() + " does not set " + name + "=" + wanted,
                                                 "set " + name + "=" + wanted, {})
                                 : resolve(check, contrary, wanted);
  if (is_missing && (contrary.empty() || !unmet.is_conflict())) {
    unmet.edits.push_back(append_item(check.pod.document(), check.container->path / "env",
                                      object_of({{"name", name}, {"value", wanted}})));
  }
  return unmet;
}

}  // namespace dotdiag
