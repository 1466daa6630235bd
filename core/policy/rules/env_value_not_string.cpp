#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

#include <optional>

namespace dotdiag {
namespace {

/// `the number 1`, as YAML reads it.
std::string described(const Json& value) {
  if (value.is_boolean()) return "the boolean " + value.dump();
  if (value.is_number()) return "the number " + value.dump();
  return value.is_array() ? "a list" : "an object";
}

/// The member as the API server would take it. Nothing where the number or word was written otherwise for all we know:
/// 1.10 is the number 1.1, and a name of OFF the boolean false.
std::optional<std::string> as_text(std::string_view key, const Json& value) {
  const bool is_certain = value.is_number_integer() || (value.is_boolean() && key == "value");
  return is_certain ? std::optional(value.dump()) : std::nullopt;
}

/// True where the member is absent or a text.
bool has_text(const Json& variable, std::string_view key) {
  const Json* value = member(variable, key);
  return value == nullptr || value->is_string();
}

void judge(const ContainerView& container, const Pointer& at, const std::string& subject, const Json& variable,
           std::string_view key, std::vector<Hazard>& hazards) {
  if (has_text(variable, key)) return;
  const Json* value = member(variable, key);
  Hazard hazard;
  hazard.container = std::string(container.name());
  hazard.at = at / key;
  hazard.message = subject + " in " + named(container) + " is " + described(*value) + ", which the API server refuses";
  hazard.remedy = value->is_primitive() ? "quote it" : "write a text";
  if (const auto text = as_text(key, *value)) {
    hazard.remedy += ": \"" + *text + "\"";
    hazard.fix = {replaced(hazard.at, *text)};
  }
  hazards.push_back(std::move(hazard));
}

void judge(const ContainerView& container, std::vector<Hazard>& hazards) {
  const auto& variables = items_member(*container.json, "env");
  for (std::size_t index = 0; index < variables.size(); ++index) {
    const Json& variable = variables[index];
    if (has_text(variable, "name") && has_text(variable, "value")) continue;
    const Pointer at = container.path / "env" / index;
    const auto name = text_member(variable, "name");
    judge(container, at, "the name of a variable", variable, "name", hazards);
    judge(container, at, "the value of " + (name.empty() ? "a variable" : std::string(name)), variable, "value",
          hazards);
  }
}

/// The whole object is refused, so all containers count: whether they are .NET or not, and whenever they run.
std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  const PodView& pod = subject.pod;
  for (const auto* containers : {&pod.containers(), &pod.native_sidecars(), &pod.init_containers()}) {
    for (const ContainerView& container : *containers)
      judge(container, hazards);
  }
  return hazards;
}

}  // namespace

const Rule env_value_not_string{
    "env-value-not-string",
    Severity::error,
    Rule::Scope::pod,
    "the value of a variable is no text, but a number or a boolean",
    "Values of variables are texts. YAML reads 1 as a number and true, yes and on as booleans, and the API server "
    "refuses the whole object: \"cannot unmarshal number into Go struct field "
    "EnvVar.spec.template.spec.containers.env.value of type string\".",
    "Quote the value: value: \"1\".",
    "https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/",
    check,
};

}  // namespace dotdiag
