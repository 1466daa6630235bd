#include "core/policy/kinds.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

constexpr std::array kinds = {
    Kind{"capability", true, check_capability},
    Kind{"diagnostic-port", true, check_diagnostic_port},
    Kind{"env", true, check_env},
    Kind{"process-namespace", false, check_process_namespace},
    Kind{"shared-volume", true, check_shared_volume},
};

}  // namespace

const Kind* find_kind(std::string_view name) {
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) { return kind.name == name; });
  return found == kinds.end() ? nullptr : found;
}

std::string Check::subject() const {
  const auto name = container->name();
  return name.empty() ? "the unnamed container" : "container `" + std::string(name) + "`";
}

Unmet Check::missing(std::string message, std::string remedy, Edits edits) const {
  Unmet unmet =
      conflict(container == nullptr ? pod.spec_path() : container->path, std::move(message), std::move(remedy));
  unmet.edits = std::move(edits);
  return unmet;
}

Unmet Check::conflict(Pointer at, std::string message, std::string remedy) const {
  const std::string name = container == nullptr ? std::string{} : std::string(container->name());
  return {policy.name, requirement.id, name, std::move(at), std::move(message), std::move(remedy), {}};
}

void Check::warn(Pointer at, std::string message, std::string remedy) const {
  Unmet shape = conflict(std::move(at), std::move(message), std::move(remedy));
  evaluation.warnings.push_back({std::move(shape.policy), std::move(shape.requirement), std::move(shape.container),
                                 std::move(shape.at), std::move(shape.message), std::move(shape.remedy)});
}

std::optional<std::string> Check::directory_of(std::string_view id) const {
  for (const SharedVolume& volume : evaluation.volumes) {
    if (volume.requirement == id && volume.container == container->name()) return volume.directory;
  }
  if (!choices.skips(id)) return std::nullopt;
  return std::string(text_member(policy.find(id)->parameters, "mountPath"));
}

}  // namespace dotdiag
