#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"
#include "core/policy/words.hpp"

namespace dotdiag {
namespace {

constexpr std::array<std::string_view, 4> switches = {
    "EnableDiagnostics",
    "EnableDiagnostics_Debugger",
    "EnableDiagnostics_IPC",
    "EnableDiagnostics_Profiler",
};
constexpr std::array<std::string_view, 3> words_for_on = {"true", "on", "yes"};

bool is_number(std::string_view value) {
  value = trimmed(value);
  if (value.substr(0, 2) == "0x" || value.substr(0, 2) == "0X") value.remove_prefix(2);
  return !value.empty() && value.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool means_on(std::string_view value) {
  return std::any_of(words_for_on.begin(), words_for_on.end(),
                     [&](auto word) { return equal_but_for_case(trimmed(value), word); });
}

/// `it is read as hexadecimal fa`, or what happens to words without any digit in front.
std::string reading(std::string_view value) {
  const auto number = read_number(value);
  if (!number) return "is no number, so the default counts: on";
  std::string digits;
  for (std::uint32_t rest = *number; rest != 0; rest /= 16)
    digits.insert(digits.begin(), "0123456789abcdef"[rest % 16]);
  return "is read as hexadecimal " + digits + ": on";
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    for (const auto name : switches) {
      const Setting setting = effective_setting(subject, target, name);
      const std::string& value = setting.value.value;
      if (!setting.is_known() || reads_as_zero(value) || is_number(value)) continue;
      Hazard hazard = hazard_at(target, setting.value.index, shown_in(setting, target) + " " + reading(value),
                                means_on(value) ? "write 1" : "write 1 for on, 0 for off");
      if (means_on(value)) {
        hazard.severity = Severity::note;  // it does what it says, if by accident
        hazard.fix = {with_value(target, setting, "1")};
      }
      hazards.push_back(std::move(hazard));
    }
  }
  return hazards;
}

}  // namespace

const Rule env_enable_diagnostics_not_numeric{
    "env-enable-diagnostics-not-numeric",
    Severity::warning,
    Rule::Scope::pod,
    "a switch of the runtime has a word for its value",
    "The runtime reads the value as a hexadecimal number. \"false\" begins with fa, which is 250 and so means on; "
    "\"no\", \"off\" and \"true\" are no numbers, and then the default counts, which is on too. Whoever wrote it "
    "believes that diagnostics are off.",
    "Write 1 for on and 0 for off.",
    "https://learn.microsoft.com/dotnet/core/runtime-config/",
    check,
};

}  // namespace dotdiag
