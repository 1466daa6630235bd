#include "core/policy/dotnet_signs.hpp"
#include "core/policy/monitor.hpp"
#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

void judge(const ContainerView& container, std::vector<Hazard>& hazards) {
  if (container.image().empty() || !Image::parse(container.image()).is_floating()) return;
  hazards.push_back({std::string(container.name()), container.path / "image",
                     named(container) + " runs whatever " + std::string(container.image()) + " is at the time",
                     "pin a version or a digest"});
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  if (subject.debugger != nullptr) {
    if (!is_custom_profile(subject)) judge(*subject.debugger, hazards);
    return hazards;
  }
  for (const ContainerView& target : subject.targets()) {
    if (looks_like_dotnet(target)) judge(target, hazards);
  }
  for (const Monitor& monitor : subject.ask(monitors_of))
    judge(monitor.container(), hazards);
  return hazards;
}

}  // namespace

const Rule debug_image_floating{
    "debug-image-floating",
    Severity::note,
    Rule::Scope::any,
    "an image has no fixed tag",
    "Without a tag, or with latest, tomorrow's pull may bring another image. A dump can only be analyzed with the "
    "very binaries and symbols of the process, and a debugger should be the one that was tried.",
    "Give the image a tag that does not move, or a digest.",
    "https://kubernetes.io/docs/concepts/containers/images/#image-names",
    check,
};

}  // namespace dotdiag
