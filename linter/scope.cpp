#include "linter/scope.hpp"

#include "core/policy/targets.hpp"
#include "linter/well_known_images.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// A patch for kustomize names only what it changes; a container without an image is no container yet.
bool is_partial(const std::vector<ContainerView>& containers) {
  return std::any_of(containers.begin(), containers.end(),
                     [](const ContainerView& container) { return container.image().empty(); });
}

/// A patch for kustomize often has none. What is there and is no list is malformed instead, which evaluate() reports.
bool lacks_containers(const PodView& pod) {
  const Json* containers = member(pod.spec(), "containers");
  return containers == nullptr || (containers->is_array() && containers->empty());
}

/// What runs on a well-known image may still be .NET, where its variables or command say so.
bool is_foreign(const ContainerView& container) {
  return is_well_known_product(container.image()) && !looks_like_dotnet(container);
}

}  // namespace

std::string_view reason_not_judged(const PodView& pod, const OptIn& opt_in, const Scope& scope) {
  if (pod.is_windows() && opt_in.state != OptIn::State::in) return "Windows";
  if (lacks_containers(pod)) return without_containers;
  if (!opt_in.invalid.empty()) return {};
  if (opt_in.state == OptIn::State::out) return scope.all ? "" : "opted out";
  if (opt_in.state == OptIn::State::in) return {};
  if (scope.only == Scope::Only::opted_in) return "not opted in";
  const std::vector<ContainerView> containers = pod.containers();
  if (containers.empty()) return {};
  if (is_partial(containers)) return partial;
  if (scope.only == Scope::Only::dotnet && std::none_of(containers.begin(), containers.end(), looks_like_dotnet))
    return "without a sign of .NET";
  if (!scope.all && std::all_of(containers.begin(), containers.end(), is_foreign)) return "well-known and not .NET";
  return {};
}

}  // namespace dotdiag
