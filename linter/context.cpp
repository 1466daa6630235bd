#include "linter/context.hpp"

#include "core/document/reader.hpp"
#include "core/policy/opt_in.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view enforce_label = "pod-security.kubernetes.io/enforce";
constexpr std::string_view claim_kind = "PersistentVolumeClaim";
constexpr std::string_view config_map_kind = "ConfigMap";

/// What was learned so far.
struct Lessons {
  Surroundings everywhere;
  std::map<std::string, NamespaceLabels> labels = {};
  ConfigMaps config_maps = {};

  void learn(const Json& object) {
    const std::string_view kind = text_member(object, "kind");
    if (kind == "Namespace") learn_namespace(object);
    if (kind == claim_kind) learn_claim(object);
    if (kind == config_map_kind) config_maps.add(object);
    if (kind != "List") return;
    for (const Json& item : items_member(object, "items"))
      learn(item);
  }

  void learn_namespace(const Json& object) {
    const Json* metadata = member(object, "metadata");
    const Json* written = metadata == nullptr ? nullptr : member(*metadata, "labels");
    if (written == nullptr) return;
    NamespaceLabels& learned = labels[std::string(text_member(*metadata, "name"))];
    learned.pod_security = pod_security_named(text_member(*written, enforce_label));
    learned.inject_default = inject_default(*written);
  }

  /// The webhook is not sent what is in a namespace with `dotdiag.io/inject: "false"`.
  static std::string inject_default(const Json& written) {
    const auto value = text_member(written, inject_default_label);
    const bool is_off = value == "false" || text_member(written, annotation::inject) == "false";
    return is_off ? "" : std::string(value);
  }

  void learn_claim(const Json& object) {
    const Json* metadata = member(object, "metadata");
    const Json* spec = member(object, "spec");
    if (metadata == nullptr || spec == nullptr) return;
    const auto& modes = items_member(*spec, "accessModes");
    const bool is_shared = std::find(modes.begin(), modes.end(), "ReadWriteMany") != modes.end();
    everywhere.claims[{std::string(text_member(*metadata, "namespace")), std::string(text_member(*metadata, "name"))}] =
        is_shared;
  }
};

bool may_teach(std::string_view bytes) {
  const auto has = [&](std::string_view word) { return bytes.find(word) != std::string_view::npos; };
  return has(enforce_label) || has(claim_kind) || has(inject_default_label) || has(config_map_kind);
}

void learn_from(const Input& input, Lessons& lessons) {
  std::string bytes = read_bytes(input);
  if (!may_teach(bytes)) return;
  read_documents(std::make_shared<const Source>(input.path, std::move(bytes)), [&](const Document& document) {
    if (!document.error) lessons.learn(document.root);
  });
}

}  // namespace

Context::Context(Surroundings everywhere, const std::map<std::string, NamespaceLabels>& labels, ConfigMaps config_maps)
    : everywhere_(std::move(everywhere)), config_maps_(std::move(config_maps)) {
  for (const auto& [name, learned] : labels) {
    Surroundings& there = namespaces_.emplace(name, everywhere_).first->second;
    there.pod_security = learned.pod_security.value_or(there.pod_security);
    there.inject_default = learned.inject_default;
  }
}

const Surroundings& Context::of(const std::string& name_space) const {
  const auto found = namespaces_.find(name_space);
  return found == namespaces_.end() ? everywhere_ : found->second;
}

Context read_context(const Surroundings& everywhere, const std::vector<Input>& inputs) {
  Lessons lessons{everywhere};
  for (const Input& input : inputs) {
    if (!input.problem.empty()) continue;
    try {
      learn_from(input, lessons);
    } catch (const InputError&) {
      continue;  // linting says so
    }
  }
  return Context(std::move(lessons.everywhere), lessons.labels, std::move(lessons.config_maps));
}

}  // namespace dotdiag
