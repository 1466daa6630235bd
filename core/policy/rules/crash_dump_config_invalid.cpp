#include "core/policy/rules/rules.hpp"

#include "core/document/utf.hpp"
#include "core/policy/rules/settings.hpp"
#include "core/policy/words.hpp"

namespace dotdiag {
namespace {

constexpr unsigned decimal = 10;

/// The words that people write for the numbers.
struct Word {
  std::string_view text;
  std::string_view number;
};
constexpr std::array<Word, 3> words_for_on = {Word{"true", "1"}, {"yes", "1"}, {"on", "1"}};
constexpr std::array<Word, 4> words_for_types = {Word{"Mini", "1"}, {"Heap", "2"}, {"Triage", "3"}, {"Full", "4"}};

template <std::size_t N>
std::string_view number_for(const std::array<Word, N>& words, std::string_view text) {
  const auto word = std::find_if(words.begin(), words.end(),
                                 [&](const Word& one) { return equal_but_for_case(one.text, trimmed(text)); });
  return word == words.end() ? std::string_view{} : word->number;
}

/// A setting of the container, and the words for its numbers.
struct Judged {
  const ContainerView& container;
  Setting setting;

  Hazard hazard(const std::string& what, std::string remedy, std::string_view right = {}) const {
    Hazard hazard = hazard_at(container, setting.value.index, shown_in(setting, container) + what, std::move(remedy));
    if (!right.empty()) hazard.fix = {with_value(container, setting, std::string(right))};
    return hazard;
  }
};

/// 1 is on in all versions. What is no number is off; so is most that people write for off.
std::optional<Hazard> judge_switch(const Judged& judged) {
  const std::string& value = judged.setting.value.value;
  const auto right = number_for(words_for_on, value);
  const auto number = read_number(value, decimal);
  if (right.empty() && (!number || *number < 2)) return std::nullopt;
  if (!right.empty()) return judged.hazard(" turns no crash dumps on", "write 1", right);
  return judged.hazard(" is not 1: older runtimes take no crash dump", "write 1", "1");
}

std::optional<Hazard> judge_type(const Judged& judged) {
  const std::string& value = judged.setting.value.value;
  const auto number = read_number(value, decimal);
  if (number && *number >= 1 && *number <= 4) return std::nullopt;
  return judged.hazard(" is none of 1 to 4, so the default counts (2, Heap)",
                       "write 1 (Mini), 2, 3 (Triage) or 4 (Full)", number_for(words_for_types, value));
}

/// The first specifier in the name that createdump does not know; empty where it knows all.
std::string unknown_specifier(std::string_view name) {
  constexpr std::string_view known = "%pdeht";
  for (auto at = name.find('%'); at != std::string_view::npos && at + 1 < name.size(); at = name.find('%', at + 2)) {
    if (known.find(name[at + 1]) == std::string_view::npos) return std::string(first_characters(name.substr(at), 2));
  }
  return {};
}

std::optional<Hazard> judge_name(const Judged& judged) {
  const std::string& value = judged.setting.value.value;
  if (value.front() == '|') return judged.hazard(" is a pipe: there will be no crash dump", "name a file");
  const std::string unknown = unknown_specifier(value);
  if (unknown.empty()) return std::nullopt;
  return judged.hazard(" has " + unknown + ": there will be no crash dump", "use %p, %e, %h and %t only");
}

std::vector<Hazard> check(const Subject& subject) {
  using Judge = std::optional<Hazard> (*)(const Judged&);
  constexpr std::array<std::pair<std::string_view, Judge>, 3> judges = {
      {{"DbgEnableMiniDump", judge_switch}, {"DbgMiniDumpType", judge_type}, {"DbgMiniDumpName", judge_name}}};
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    for (const auto& [name, judge] : judges) {
      const Judged judged{target, effective_setting(subject, target, name)};
      if (!judged.setting.is_known()) continue;
      if (auto hazard = judge(judged)) hazards.push_back(*std::move(hazard));
    }
  }
  return hazards;
}

}  // namespace

const Rule crash_dump_config_invalid{
    "crash-dump-config-invalid",
    Severity::warning,
    Rule::Scope::pod,
    "a setting of crash dumps has a value that does not do what it says",
    "DbgEnableMiniDump is on with 1: \"true\" is no number and leaves it off, so the crash on the bad night "
    "leaves no dump. Of a type outside 1 to 4 the default is taken. A specifier that createdump does not know "
    "makes it give up: \"Invalid dump name format char\".",
    "DOTNET_DbgEnableMiniDump=1; DOTNET_DbgMiniDumpType 1 (Mini), 2 (Heap), 3 (Triage) or 4 (Full); in "
    "DOTNET_DbgMiniDumpName only %p, %e, %h, %t and %%.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/collect-dumps-crash",
    check,
};

}  // namespace dotdiag
