#include "core/policy/monitor.hpp"
#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

constexpr std::string_view newest_version = "10.0";

struct EndOfSupport {
  int major;
  std::string_view date;
};

/// By Microsoft's published policy: the versions whose support has ended by November 2026. No clock is asked: what the
/// linter says about a file must not depend on the day. Of several versions with one major number the last date counts.
constexpr std::array<EndOfSupport, 8> ended = {{
    {1, "2019-06-27"},
    {2, "2021-08-21"},
    {3, "2022-12-13"},
    {5, "2022-05-10"},
    {6, "2024-11-12"},
    {7, "2024-05-14"},
    {8, "2026-11-10"},
    {9, "2026-11-10"},
}};

const EndOfSupport* end_of_support(const Image& image) {
  const auto version = image.dotnet_version();
  if (!version) return nullptr;
  const auto found =
      std::find_if(ended.begin(), ended.end(), [&](const EndOfSupport& one) { return one.major == version->major; });
  return found == ended.end() ? nullptr : &*found;
}

/// The same image with a supported .NET: `mcr.microsoft.com/dotnet/sdk:10.0-alpine`.
std::string successor(const Image& image) {
  const bool has_alpine = image.is_alpine() && image.dotnet_repository() != "monitor";
  return "mcr.microsoft.com/dotnet/" + std::string(image.dotnet_repository()) + ":" + std::string(newest_version) +
         (has_alpine ? "-alpine" : "");
}

void judge(const ContainerView& container, bool is_tool, std::vector<Hazard>& hazards) {
  const Image image = Image::parse(container.image());
  const EndOfSupport* end = end_of_support(image);
  if (end == nullptr) return;
  const std::string message = named(container) + " has .NET " + image.dotnet_version()->text() + ": support ended " +
                              std::string(end->date) + " by Microsoft's published policy";
  // What the application runs on is its own affair: tools of today can look at it.
  hazards.push_back({std::string(container.name()), container.path / "image", message,
                     is_tool ? "use " + successor(image) : "move to .NET " + std::string(newest_version),
                     is_tool ? Severity::warning : Severity::note});
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  if (subject.debugger != nullptr) {
    if (!is_custom_profile(subject)) judge(*subject.debugger, true, hazards);
    return hazards;
  }
  for (const ContainerView& target : subject.targets())
    judge(target, false, hazards);
  for (const Monitor& monitor : subject.ask(monitors_of))
    judge(monitor.container(), true, hazards);
  return hazards;
}

}  // namespace

const Rule debug_image_eol{
    "debug-image-eol",
    Severity::warning,
    Rule::Scope::any,
    "an image holds a .NET that is no longer supported",
    "By Microsoft's published policy, as of November 2026, .NET up to 7 is out of support, and support for .NET 8 "
    "and 9 ended on 2026-11-10. Such images get no more security fixes. In a debugger there is more: current "
    "diagnostic tools need .NET 8, and to install them in an older image fails with \"error NU1202: Package "
    "dotnet-dump ... is not compatible with net6.0\".",
    "Use an image of a supported .NET for the debugger: it can look at applications on older ones. Move the "
    "application when it is due.",
    "https://dotnet.microsoft.com/platform/support/policy/dotnet-core",
    check,
};

}  // namespace dotdiag
