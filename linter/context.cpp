#include "linter/context.hpp"

#include "core/document/reader.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view enforce_label = "pod-security.kubernetes.io/enforce";
constexpr std::string_view claim_kind = "PersistentVolumeClaim";

/// What was learned so far.
struct Lessons {
  Surroundings everywhere;
  std::map<std::string, PodSecurity> levels = {};

  void learn(const Json& object) {
    const std::string_view kind = text_member(object, "kind");
    if (kind == "Namespace") learn_namespace(object);
    if (kind == claim_kind) learn_claim(object);
    if (kind != "List") return;
    for (const Json& item : items_member(object, "items"))
      learn(item);
  }

  void learn_namespace(const Json& object) {
    const Json* metadata = member(object, "metadata");
    const Json* labels = metadata == nullptr ? nullptr : member(*metadata, "labels");
    if (labels == nullptr) return;
    if (const auto level = pod_security_named(text_member(*labels, enforce_label)))
      levels[std::string(text_member(*metadata, "name"))] = *level;
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
  return bytes.find(enforce_label) != std::string_view::npos || bytes.find(claim_kind) != std::string_view::npos;
}

void learn_from(const Input& input, Lessons& lessons) {
  std::string bytes = read_bytes(input);
  if (!may_teach(bytes)) return;
  read_documents(std::make_shared<const Source>(input.path, std::move(bytes)), [&](const Document& document) {
    if (!document.error) lessons.learn(document.root);
  });
}

}  // namespace

Context::Context(Surroundings everywhere, const std::map<std::string, PodSecurity>& levels)
    : everywhere_(std::move(everywhere)) {
  for (const auto& [name, level] : levels)
    namespaces_.emplace(name, everywhere_).first->second.pod_security = level;
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
  return Context(std::move(lessons.everywhere), lessons.levels);
}

}  // namespace dotdiag
