#include "core/policy/evaluate.hpp"

#include "core/document/child.hpp"
#include "core/policy/kinds.hpp"
#include "core/policy/targets.hpp"
#include "core/policy/windows.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

namespace dotdiag {
namespace {

enum class Shape { object, array_of_objects, array };

/// A part of a pod or a container that edits go into. It may be missing or null; of another type, it makes the whole
/// invalid: the API server refuses such an object anyway, and a linter has to say so.
struct Part {
  std::string_view path;  // a JSON Pointer, from the pod's spec or from a container
  Shape shape;
};

constexpr std::array pod_parts = {
    Part{"", Shape::object},
    Part{"/containers", Shape::array_of_objects},
    Part{"/initContainers", Shape::array_of_objects},
    Part{"/volumes", Shape::array_of_objects},
    Part{"/securityContext", Shape::object},
};
constexpr std::array container_parts = {
    Part{"/env", Shape::array_of_objects},
    Part{"/volumeMounts", Shape::array_of_objects},
    Part{"/securityContext", Shape::object},
    Part{"/securityContext/capabilities", Shape::object},
    Part{"/securityContext/capabilities/add", Shape::array},
    Part{"/resources", Shape::object},
};

bool has_shape(const Json& value, Shape shape) {
  if (value.is_null()) return true;
  if (shape == Shape::object) return value.is_object();
  if (!value.is_array()) return false;
  return shape == Shape::array ||
         std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_object(); });
}

const char* describe(Shape shape) {
  switch (shape) {
    case Shape::object:
      return "an object";
    case Shape::array:
      return "a list";
    case Shape::array_of_objects:
      return "a list of objects";
  }
  return "";
}

/// The first part below `base` that has a shape it must not have.
template <std::size_t N>
bool find_misshapen(const Json& document, const Pointer& base, const std::array<Part, N>& parts,
                    Evaluation& evaluation) {
  const Json* holder = value_at(document, base);
  if (holder == nullptr) return false;
  for (const Part& part : parts) {
    const Json* value = descend(*holder, part.path);
    if (value == nullptr || has_shape(*value, part.shape)) continue;
    const Pointer path = base / Pointer::parse(part.path);
    evaluation.invalid = path.back() + " is not " + describe(part.shape);
    evaluation.invalid_at = path;
    return true;
  }
  return false;
}

/// Says in `evaluation` why the pod cannot be judged at all, if so.
bool cannot_be_judged(const PodView& pod, Evaluation& evaluation) {
  if (find_misshapen(pod.document(), pod.spec_path(), pod_parts, evaluation)) return true;
  evaluation.invalid_at = pod.spec_path();
  if (is_windows(pod)) {
    evaluation.invalid = "this is a Windows pod, to which none of this applies";
    return true;
  }
  const auto& containers = pod.containers();
  if (containers.empty()) {
    evaluation.invalid = "the pod has no containers";
    return true;
  }
  for (const ContainerView& container : containers) {
    if (find_misshapen(pod.document(), container.path, container_parts, evaluation)) return true;
  }
  for (const ContainerView& sidecar : pod.native_sidecars()) {
    if (find_misshapen(pod.document(), sidecar.path, container_parts, evaluation)) return true;
  }
  evaluation.invalid_at = {};
  return false;
}

/// One pass over the policies: checks, and carries the edits into the working copy as it goes.
class Pass {
 public:
  Pass(Json& document, const Workload& workload, const Choices& choices, Evaluation& evaluation)
      : document_(document), workload_(workload), choices_(choices), evaluation_(evaluation) {}

  void judge(const Policy& policy) {
    for (const Requirement& requirement : policy.requirements) {
      if (choices_.skips(requirement.id)) continue;
      const Kind* kind = find_kind(requirement.kind);
      assert(kind != nullptr);  // load_policy saw to it
      if (!kind->per_container) {
        judge(*kind, policy, requirement, nullptr);
        continue;
      }
      for (const Pointer& target : evaluation_.targets) {
        const ContainerView container{target, value_at(std::as_const(document_), target)};
        judge(*kind, policy, requirement, &container);
      }
    }
  }

 private:
  void judge(const Kind& kind, const Policy& policy, const Requirement& requirement, const ContainerView* container) {
    if (!pod_) pod_.emplace(document_, workload_);
    auto unmet = kind.check({policy, requirement, choices_, *pod_, container, evaluation_});
    if (!unmet) return;
    if (!unmet->edits.empty()) pod_.reset();
    for (const Edit& edit : unmet->edits)
      apply(document_, edit);
    evaluation_.unmet.push_back(*std::move(unmet));
  }

  Json& document_;
  const Workload& workload_;
  const Choices& choices_;
  Evaluation& evaluation_;
  std::optional<PodView> pod_;  ///< as the edits before left it
};

}  // namespace

Edits Evaluation::edits() const {
  Edits all;
  for (const Unmet& one : unmet)
    all.insert(all.end(), one.edits.begin(), one.edits.end());
  return all;
}

Evaluation choose(const PodView& pod, const Choices& choices) {
  Evaluation evaluation;
  if (cannot_be_judged(pod, evaluation)) return evaluation;

  Targets targets = choose_targets(pod, choices);
  if (targets.containers.size() > most_targets) {
    targets.invalid = std::to_string(targets.containers.size()) + " containers look like .NET, and at most " +
                      std::to_string(most_targets) + " are judged";
  }
  if (!targets.invalid.empty()) {
    evaluation.invalid = std::move(targets.invalid);
    evaluation.invalid_at = pod.workload().pod_spec / "containers";
    return evaluation;
  }
  evaluation.targets = std::move(targets.containers);
  if (!targets.warning.empty()) {
    evaluation.warnings.push_back({{},
                                   "target-container",
                                   {},
                                   evaluation.targets.front(),
                                   std::move(targets.warning),
                                   "set " + std::string(annotation::containers)});
  }
  return evaluation;
}

Evaluation evaluate(const std::vector<const Policy*>& policies, Json& document, const Workload& workload,
                    const Choices& choices) {
  Evaluation evaluation = choose(PodView(document, workload), choices);
  if (!evaluation.invalid.empty()) return evaluation;
  Pass pass(document, workload, choices, evaluation);
  for (const Policy* policy : policies)
    pass.judge(*policy);
  return evaluation;
}

}  // namespace dotdiag
