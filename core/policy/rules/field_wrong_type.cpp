#include "core/policy/rules/rules.hpp"

#include "core/document/child.hpp"
#include "core/document/utf.hpp"
#include "core/policy/rules/fixes.hpp"
#include "core/policy/rules/measures.hpp"

#include <array>

namespace dotdiag {
namespace {

constexpr std::size_t longest_shown = 40;  // characters of a value

enum class Type { boolean, integer };

struct Field {
  std::string_view path;
  Type type;
};

/// The fields that decide whether a pod can be diagnosed and that people write as strings.
constexpr std::array<Field, 7> pod_fields = {{
    {"/shareProcessNamespace", Type::boolean},
    {"/hostPID", Type::boolean},
    {"/hostUsers", Type::boolean},
    {"/securityContext/runAsNonRoot", Type::boolean},
    {"/securityContext/runAsUser", Type::integer},
    {"/securityContext/runAsGroup", Type::integer},
    {"/securityContext/fsGroup", Type::integer},
}};
constexpr std::array<Field, 12> container_fields = {{
    {"/securityContext/runAsNonRoot", Type::boolean},
    {"/securityContext/runAsUser", Type::integer},
    {"/securityContext/runAsGroup", Type::integer},
    {"/securityContext/privileged", Type::boolean},
    {"/securityContext/allowPrivilegeEscalation", Type::boolean},
    {"/securityContext/readOnlyRootFilesystem", Type::boolean},
    {"/livenessProbe/failureThreshold", Type::integer},
    {"/livenessProbe/periodSeconds", Type::integer},
    {"/livenessProbe/timeoutSeconds", Type::integer},
    {"/livenessProbe/initialDelaySeconds", Type::integer},
    {"/stdin", Type::boolean},
    {"/tty", Type::boolean},
}};

bool has_type(const Json& value, Type type) {
  return type == Type::boolean ? value.is_boolean() : value.is_number_integer();
}

std::string name_of(Type type) {
  return type == Type::boolean ? "boolean" : "integer";
}

/// `value` as it was meant, where that is certain: "true", "1654".
std::optional<Json> meant(const Json& value, Type type) {
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  if (type == Type::boolean)
    return text == "true" || text == "false" ? std::optional<Json>(text == "true") : std::nullopt;
  const bool is_number = !text.empty() && text.size() <= 9 && text.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::optional<Json>(std::stoi(text)) : std::nullopt;
}

void check_field(const Json& holder, const Pointer& at, const Field& field, std::string_view container,
                 std::vector<Hazard>& hazards) {
  const Json* value = descend(holder, field.path);
  if (value == nullptr || value->is_null() || has_type(*value, field.type)) return;
  const Pointer path = Pointer::parse(field.path);
  Hazard hazard{std::string(container), at / path,
                path.back() + " is the " + value->type_name() + " " +
                    shortened(value->dump(-1, ' ', false, Json::error_handler_t::replace), longest_shown) +
                    " and must be " + (field.type == Type::boolean ? "a " : "an ") + name_of(field.type),
                field.type == Type::boolean ? "write true or false without quotation marks"
                                            : "write the number without quotation marks"};
  if (const auto right = meant(*value, field.type)) hazard.fix = {replaced(at / path, *right)};
  hazards.push_back(std::move(hazard));
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Field& field : pod_fields)
    check_field(subject.pod.spec(), subject.pod.spec_path(), field, {}, hazards);
  for (const auto* containers : {&subject.pod.containers(), &subject.pod.native_sidecars()}) {
    for (const ContainerView& container : *containers) {
      for (const Field& field : container_fields)
        check_field(*container.json, container.path, field, container.name(), hazards);
    }
  }
  for (Hazard& hazard : hazards) {
    if (hazard.at.back() == "shareProcessNamespace" && !subject.evaluation.unmet.empty()) {
      const auto& targets = subject.targets();
      if (!targets.empty()) hazard.instead_of = subject.unmet(targets.front(), "process-namespace");
    }
  }
  return hazards;
}

}  // namespace

const Rule field_wrong_type{
    "field-wrong-type",
    Severity::error,
    Rule::Scope::pod,
    "a field has a value of the wrong type",
    "The API server refuses the object: \"cannot unmarshal string into Go struct field ... of type bool\". In YAML, "
    "true "
    "is a boolean and \"true\" is a string; so are yes, on and off without quotation marks booleans.",
    "Write booleans and numbers without quotation marks.",
    "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/",
    check,
};

}  // namespace dotdiag
