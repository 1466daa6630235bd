#include "linter/scope.hpp"

#include "core/policy/dotnet_signs.hpp"
#include "core/policy/targets.hpp"
#include "core/policy/windows.hpp"
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

bool is_neutral(const ContainerView& container) {
  return is_known_sidecar(container) && !is_dotnet_monitor(container);
}

/// Why a pod is not .NET, all of it: what meshes and agents add to it does not count. Empty where it may be.
std::string_view reason_not_dotnet(const std::vector<ContainerView>& containers,
                                   const std::vector<Identity>& identities) {
  std::size_t foreign = 0;
  std::size_t products = 0;
  for (std::size_t index = 0; index < containers.size(); ++index) {
    if (!identities[index].is_foreign() && !is_neutral(containers[index])) return {};
    foreign += identities[index].is_foreign();
    products += identities[index].is_foreign() && is_well_known_product(containers[index].image());
  }
  if (products == containers.size()) return "well-known and not .NET";
  return foreign > 0 ? "known not to be .NET" : "";
}

/// What a controller made is as its owner's template says, and is made so again: that one is judged, where it is known.
bool belongs_to_owner(const Workload& workload, const Scope& scope) {
  if (!workload.is_owned || scope.all) return false;
  return !(scope.owned_pods && workload.is_pod());
}

}  // namespace

std::string_view reason_not_judged(const PodView& pod, const std::vector<Identity>& identities, const OptIn& opt_in,
                                   const Scope& scope) {
  if (belongs_to_owner(pod.workload(), scope)) return "owned by another object";
  if (is_windows(pod) && opt_in.state != OptIn::State::in) return "Windows";
  if (lacks_containers(pod)) return without_containers;
  const std::vector<ContainerView> containers = application_containers(pod);
  const bool may_name_others = opt_in.state == OptIn::State::absent && is_partial(containers);
  if (!opt_in.invalid.empty() && !may_name_others) return {};
  if (opt_in.state == OptIn::State::out) return scope.all ? "" : "opted out";
  if (opt_in.state == OptIn::State::in) return {};
  if (scope.only == Scope::Only::opted_in) return "not opted in";
  if (containers.empty()) return {};
  if (is_partial(containers)) return partial;
  const bool is_dotnet =
      is_instrumented_as_dotnet(pod) ||
      std::any_of(identities.begin(), identities.end(), [](const Identity& one) { return one.is_dotnet(); });
  if (scope.only == Scope::Only::dotnet && !is_dotnet) return "without a sign of .NET";
  return scope.all || is_dotnet ? std::string_view{} : reason_not_dotnet(containers, identities);
}

std::vector<std::string> known_targets(const PodView& pod, const std::vector<Identity>& identities) {
  const std::vector<ContainerView> containers = application_containers(pod);
  std::vector<std::string> dotnet;
  std::vector<std::string> open;  // nothing says that these are something else
  bool is_known = false;
  for (std::size_t index = 0; index < containers.size(); ++index) {
    const std::string name(containers[index].name());
    is_known |= identities[index].by_sources;
    if (is_known_sidecar(containers[index])) continue;
    if (identities[index].is_dotnet()) dotnet.push_back(name);
    if (!identities[index].is_foreign()) open.push_back(name);
  }
  if (!is_known) return {};
  if (!dotnet.empty()) return dotnet;
  return open.size() == 1 ? open : std::vector<std::string>{};
}

}  // namespace dotdiag
