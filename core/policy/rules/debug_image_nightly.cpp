#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const Image image = Image::parse(debugger.image());
  if (is_custom_profile(subject) || !image.is_nightly()) return {};
  return {{std::string(debugger.name()), debugger.path / "image",
           named_debugger(debugger) + " uses a nightly build, " + std::string(debugger.image()),
           "use mcr.microsoft.com/dotnet/" + std::string(image.dotnet_repository())}};
}

}  // namespace

const Rule debug_image_nightly{
    "debug-image-nightly",
    Severity::warning,
    Rule::Scope::debugger,
    "the debugger's image is a nightly build",
    "Images below dotnet/nightly hold unreleased builds for trying them out. Tags there move and vanish without "
    "notice, so on the night when the debugger is needed it may fail with ImagePullBackOff, or be another one "
    "than the one that was tried.",
    "Use the released image: mcr.microsoft.com/dotnet/sdk or mcr.microsoft.com/dotnet/monitor.",
    "https://github.com/dotnet/dotnet-docker/blob/nightly/README.md",
    check,
};

}  // namespace dotdiag
