#include "core/policy/debugger.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

using Form = Debugger::Form;

const Pointer& list_path() {
  static const Pointer path = Pointer{} / "spec" / "ephemeralContainers";
  return path;
}

/// The members of a Container, and the one that only an EphemeralContainer has.
constexpr std::array<std::string_view, 26> container_fields = {
    "args",
    "command",
    "env",
    "envFrom",
    "image",
    "imagePullPolicy",
    "lifecycle",
    "livenessProbe",
    "name",
    "ports",
    "readinessProbe",
    "resizePolicy",
    "resources",
    "restartPolicy",
    "restartPolicyRules",
    "securityContext",
    "startupProbe",
    "stdin",
    "stdinOnce",
    "targetContainerName",
    "terminationMessagePath",
    "terminationMessagePolicy",
    "tty",
    "volumeDevices",
    "volumeMounts",
    "workingDir",
};

Debugger debugger_at(const Json& document, Pointer path, Form form) {
  Debugger debugger;
  debugger.json = value_at(document, path);
  debugger.path = std::move(path);
  debugger.form = form;
  return debugger;
}

void add_items(const Json& document, const Pointer& list, std::vector<Debugger>& debuggers) {
  const Json* items = value_at(document, list);
  if (items == nullptr || !items->is_array()) return;
  for (std::size_t index = 0; index < items->size(); ++index) {
    if ((*items)[index].is_object())
      debuggers.push_back(debugger_at(document, list / index, Form::ephemeral_container));
  }
}

/// What an operation of a JSON Patch adds to the list, or the whole list.
void add_operation(const Json& document, std::size_t index, std::vector<Debugger>& debuggers) {
  const Json& operation = document[index];
  const auto what = text_member(operation, "op");
  const auto where = text_member(operation, "path");
  const std::string list = list_path().text();
  if ((what != "add" && what != "replace") || where.substr(0, list.size()) != list) return;
  const Pointer value = Pointer{} / index / "value";
  const Json* added = member(operation, "value");
  const auto rest = where.substr(list.size());
  if (rest.empty()) return add_items(document, value, debuggers);
  const bool is_item = rest.front() == '/' && rest.find('/', 1) == std::string_view::npos;
  if (is_item && added != nullptr && added->is_object())
    debuggers.push_back(debugger_at(document, value, Form::ephemeral_container));
}

bool is_container_field(std::string_view name) {
  return std::find(container_fields.begin(), container_fields.end(), name) != container_fields.end();
}

/// Nothing but what a Container may have, and more than a name. A kustomization has a list of `resources`, Helm's
/// values an object `image`.
bool looks_like_container(const Json& document) {
  if (!document.is_object() || document.size() == document.count("name")) return false;
  const auto members = document.items();
  const bool has_others =
      std::any_of(members.begin(), members.end(), [](const auto& member) { return !is_container_field(member.key()); });
  const Json* resources = member(document, "resources");
  const Json* image = member(document, "image");
  return !has_others && (resources == nullptr || !resources->is_array()) && (image == nullptr || !image->is_object());
}

}  // namespace

std::vector<Debugger> find_debuggers(const Json& document) {
  std::vector<Debugger> debuggers;
  if (document.is_array()) {
    for (std::size_t index = 0; index < document.size(); ++index)
      add_operation(document, index, debuggers);
    return debuggers;
  }
  add_items(document, list_path(), debuggers);
  if (debuggers.empty() && looks_like_container(document))
    debuggers.push_back(debugger_at(document, {}, Form::custom_profile));
  return debuggers;
}

}  // namespace dotdiag
