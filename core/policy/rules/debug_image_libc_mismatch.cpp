#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/targets.hpp"

namespace dotdiag {
namespace {

enum class Family { unknown, musl, glibc };

/// Images of others than Microsoft say only that they are Alpine, not that they are something else.
Family family_of(std::string_view reference) {
  const Image image = Image::parse(reference);
  if (image.is_alpine()) return Family::musl;
  return image.dotnet_version() ? Family::glibc : Family::unknown;
}

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  const auto target = subject.debugger_target();
  if (!target || is_custom_profile(subject) || is_dotnet_monitor(debugger)) return {};
  const Family own = family_of(debugger.image());
  const ImageFacts* facts = subject.facts_of(*target);
  const Family other = family_of(facts != nullptr && !facts->base.empty() ? facts->base : target->image());
  if (own == other || own == Family::unknown || other == Family::unknown) return {};
  const bool is_musl = own == Family::musl;
  return {{std::string(debugger.name()), debugger.path / "image",
           named_debugger(debugger) + (is_musl ? " is Alpine and " : " is not Alpine, but ") + named(*target) +
               (is_musl ? " is not" : " is") + ": its dumps cannot be analyzed there",
           is_musl ? "use the image without -alpine" : "use the image with -alpine"}};
}

}  // namespace

const Rule debug_image_libc_mismatch{
    "debug-image-libc-mismatch",
    Severity::note,
    Rule::Scope::debugger,
    "debugger and target have different C libraries",
    "A dump is collected by the target itself, whatever the debugger is made of. To analyze it, dotnet-dump loads "
    "a library made for the target's runtime: between Alpine (musl) and the others (glibc) that fails with "
    "\"Failed to load data access module, 0x80131c4f\".",
    "Use the debug image of the same family, with or without -alpine, or analyze the dump elsewhere.",
    "https://github.com/dotnet/diagnostics/blob/main/documentation/FAQ.md",
    check,
};

}  // namespace dotdiag
