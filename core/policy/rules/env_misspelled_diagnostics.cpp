#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/runtime_settings.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>

namespace dotdiag {
namespace {

/// The runtime's settings about diagnostics. Each is read with the prefix DOTNET_ and, the older way, COMPlus_.
constexpr std::array<std::string_view, 9> settings = {
    "EnableDiagnostics",
    "EnableDiagnostics_IPC",
    "EnableDiagnostics_Debugger",
    "EnableDiagnostics_Profiler",
    "DiagnosticPorts",
    "DbgEnableMiniDump",
    "DbgMiniDumpName",
    "DbgMiniDumpType",
    "DefaultDiagnosticPortSuspend",
};
constexpr std::array<std::string_view, 2> prefixes = {"DOTNET_", "COMPlus_"};
constexpr std::size_t most_typing_errors = 2;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& byte : result)
    byte = static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
  return result;
}

/// How many characters have to be inserted, deleted or replaced to get from one to the other (Levenshtein).
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

bool is_near(const std::string& written, const std::string& right) {
  const std::size_t longer = std::max(written.size(), right.size());
  return longer - std::min(written.size(), right.size()) <= most_typing_errors &&
         distance(written, right) <= most_typing_errors;
}

/// The setting that `name` was meant to be; empty where it is one, or nothing like one.
std::string_view meant_setting(std::string_view name) {
  for (const auto prefix : prefixes) {
    if (lower(name.substr(0, prefix.size())) != lower(prefix)) continue;
    const auto rest = name.substr(prefix.size());
    const bool has_prefix = name.substr(0, prefix.size()) == prefix;
    if (has_prefix && std::find(settings.begin(), settings.end(), rest) != settings.end()) return {};
    const std::string written = lower(rest);
    const auto near =
        std::find_if(settings.begin(), settings.end(), [&](auto setting) { return is_near(written, lower(setting)); });
    if (near != settings.end()) return *near;
  }
  return {};
}

bool is_asked_for(const Subject& subject, std::string_view name) {
  for (const Policy* policy : subject.policies) {
    const auto& all = policy->requirements;
    if (std::any_of(all.begin(), all.end(),
                    [&](const auto& one) { return text_member(one.parameters, "name") == name; }))
      return true;
  }
  return false;
}

/// True where the name's author relies on it: nothing says the same under the right name. A policy may ask for a name
/// that has no effect, because people look for it; then it misleads only where it says off.
bool misleads(const Subject& subject, const ContainerView& target, const std::string& name, std::string_view setting) {
  const EnvValue written = env_value(*target.json, name);
  const bool says_off = written.kind == EnvValue::Kind::literal && reads_as_zero(written.value);
  bool is_beside = is_asked_for(subject, name);
  for (const auto prefix : prefixes) {
    const EnvValue right = env_value(*target.json, std::string(prefix) + std::string(setting));
    if (right.is_absent()) continue;
    if (says_off && right.kind == EnvValue::Kind::literal && reads_as_zero(right.value)) return false;
    is_beside = true;
  }
  return says_off || !is_beside;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    std::size_t index = 0;
    for (const Json& variable : items_member(*target.json, "env")) {
      const std::string name(text_member(variable, "name"));
      const auto setting = meant_setting(name);
      const Pointer at = target.path / "env" / index++;
      if (setting.empty() || !misleads(subject, target, name, setting)) continue;
      hazards.push_back({std::string(target.name()), at, name + " in " + named(target) + " has no effect",
                         "write DOTNET_" + std::string(setting)});
    }
  }
  return hazards;
}

}  // namespace

const Rule env_misspelled_diagnostics{
    "env-misspelled-diagnostics",
    Severity::error,
    "a diagnostics variable has a name that no runtime reads",
    "The runtime reads its settings by their exact names and ignores all others without a word: what the variable was "
    "meant to turn on or "
    "off stays as it is by default.",
    "Correct the name: DOTNET_EnableDiagnostics, DOTNET_DiagnosticPorts, DOTNET_DbgEnableMiniDump ...",
    "https://learn.microsoft.com/dotnet/core/runtime-config/debugging-profiling",
    check,
};

}  // namespace dotdiag
