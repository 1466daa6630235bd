// Finds variables whose names are almost those of the runtime's settings: the runtime ignores them without a word.
//
// Only a variable that its author relies on is found. One that stands beside the right name does no harm, and a policy
// may ask for a name that has no effect because people look for it; both mislead only where they say off.
#pragma once

#include "core/policy/rules/settings.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <numeric>
#include <utility>

namespace dotdiag {

enum class Misnaming { none, letter_case, spelling };

/// What a variable was meant to set, and what is wrong with its name.
struct MeantSetting {
  std::string_view setting;
  Misnaming misnaming = Misnaming::none;
};

inline constexpr std::size_t most_typing_errors = 2;

/// Takes off what both begin with and what both end with, whatever the case: that has no typing errors.
inline void strip_common(std::string_view& left, std::string_view& right) {
  while (!left.empty() && !right.empty() && lower_case(left.front()) == lower_case(right.front())) {
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  while (!left.empty() && !right.empty() && lower_case(left.back()) == lower_case(right.back())) {
    left.remove_suffix(1);
    right.remove_suffix(1);
  }
}

/// True where the length alone says that there are more than most_typing_errors.
inline bool differ_in_length(std::size_t left, std::size_t right) {
  return std::max(left, right) - std::min(left, right) > most_typing_errors;
}

/// How many characters have to be inserted, deleted or replaced to get from one to the other (Levenshtein), whatever
/// their case. Given up where it is certain that there are more than most_typing_errors: then no more than so many
/// places beside the diagonal count.
inline std::size_t typing_errors(std::string_view left, std::string_view right) {
  if (differ_in_length(left.size(), right.size())) return most_typing_errors + 1;
  strip_common(left, right);
  constexpr std::size_t longest = 63;  // no known name is longer
  if (right.size() > longest) return most_typing_errors + 1;
  std::array<std::size_t, longest + 1> row;
  const auto row_end = row.begin() + static_cast<std::ptrdiff_t>(right.size()) + 1;
  std::iota(row.begin(), row_end, std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    const std::size_t first = std::max(i, most_typing_errors + 1) - most_typing_errors;
    const std::size_t last = std::min(right.size(), i + most_typing_errors);
    std::size_t diagonal = std::exchange(row[first - 1], i);
    std::size_t fewest = i;
    for (std::size_t j = first; j <= last; ++j) {
      const std::size_t replaced = diagonal + (lower_case(left[i - 1]) == lower_case(right[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
      fewest = std::min(fewest, row[j]);
    }
    if (fewest > most_typing_errors) return most_typing_errors + 1;
  }
  return row[right.size()];
}

/// True where both are one word but for `Dbg` before it, which some settings have and others have not: three letters
/// more or less, and still nothing else can be meant.
inline bool equal_but_for_head(std::string_view left, std::string_view right) {
  constexpr std::string_view head = "Dbg";
  for (std::string_view* word : {&left, &right}) {
    if (equal_but_for_case(word->substr(0, head.size()), head)) word->remove_prefix(head.size());
  }
  return equal_but_for_case(left, right);
}

/// How far `name` is from the setting with that prefix.
inline std::size_t errors_in(std::string_view name, std::string_view prefix, std::string_view setting) {
  const std::size_t errors = differ_in_length(name.size(), prefix.size() + setting.size())
                                 ? most_typing_errors + 1
                                 : typing_errors(name, std::string(prefix).append(setting));
  if (errors <= most_typing_errors || !equal_but_for_case(name.substr(0, prefix.size()), prefix)) return errors;
  return equal_but_for_head(name.substr(prefix.size()), setting) ? most_typing_errors : errors;
}

/// True where the runtime reads a variable of that name, or it cannot be meant for one: both prefixes keep their first
/// two letters however they are typed.
inline bool is_beyond_doubt(std::string_view name) {
  bool is_near_prefix = false;
  for (const auto prefix : {dotnet_prefix, complus_prefix}) {
    is_near_prefix |= equal_but_for_case(name.substr(0, 2), prefix.substr(0, 2));
    if (name.substr(0, prefix.size()) != prefix) continue;
    const auto setting = name.substr(prefix.size());
    if (std::find(known_settings.begin(), known_settings.end(), setting) != known_settings.end()) return true;
  }
  return !is_near_prefix;
}

/// True where `name` is the setting with that prefix, in whatever case.
inline bool is_setting_but_for_case(std::string_view name, std::string_view prefix, std::string_view setting) {
  return equal_but_for_case(name.substr(0, prefix.size()), prefix) &&
         equal_but_for_case(name.substr(prefix.size()), setting);
}

/// The setting that `name` is but for its case; none where it is not.
inline MeantSetting miscased_setting(std::string_view name) {
  for (const auto setting : known_settings) {
    for (const auto prefix : {dotnet_prefix, complus_prefix}) {
      if (name.size() == prefix.size() + setting.size() && is_setting_but_for_case(name, prefix, setting))
        return {setting, Misnaming::letter_case};
    }
  }
  return {};
}

/// The setting whose name is nearest to `name`, within most_typing_errors; none where there is no such.
inline MeantSetting misspelt_setting(std::string_view name) {
  MeantSetting nearest;
  std::size_t fewest = most_typing_errors + 1;
  for (const auto setting : known_settings) {
    for (const auto prefix : {dotnet_prefix, complus_prefix}) {
      const std::size_t errors = errors_in(name, prefix, setting);
      if (errors >= fewest) continue;
      fewest = errors;
      nearest = {setting, Misnaming::spelling};
    }
  }
  return nearest;
}

/// The setting that `name` was meant to have, where it is misnamed in the way that is `wanted`; else none. Only who
/// wants to know about spelling pays for comparing letters.
inline MeantSetting meant_setting(std::string_view name, Misnaming wanted) {
  if (is_beyond_doubt(name)) return {};
  const MeantSetting miscased = miscased_setting(name);
  if (wanted == Misnaming::letter_case) return miscased;
  return miscased.misnaming == Misnaming::none ? misspelt_setting(name) : MeantSetting{};
}

/// Judges the variables of one container.
class MisnamedSettings {
 public:
  MisnamedSettings(const Subject& subject, const ContainerView& container) : subject_(subject), container_(container) {}

  /// The hazards of variables that are misnamed in the one way.
  std::vector<Hazard> hazards(Misnaming wanted) {
    std::size_t index = 0;
    for (const Json& variable : items_member(*container_.json, "env")) {
      const MeantSetting meant = meant_setting(text_member(variable, "name"), wanted);
      if (meant.misnaming == wanted && misleads(variable, meant.setting)) add(variable, index, meant);
      ++index;
    }
    return std::move(hazards_);
  }

 private:
  /// What stands under the right names.
  struct Right {
    bool is_there = false;
    bool is_off = false;
    bool is_offered = false;  ///< to be written by the fix of an earlier hazard
  };

  Right& right(std::string_view setting) {
    const auto [place, is_new] = rights_.try_emplace(setting);
    if (!is_new) return place->second;
    for (const auto prefix : {dotnet_prefix, complus_prefix}) {
      const EnvValue value = env_value(*container_.json, std::string(prefix).append(setting));
      place->second.is_there |= !value.is_absent();
      place->second.is_off |= value.kind == EnvValue::Kind::literal && reads_as_zero(value.value);
    }
    return place->second;
  }

  static bool says_off(const Json& variable) { return reads_as_zero(text_member(variable, "value")); }

  bool is_asked_for(std::string_view name) const {
    for (const Policy* policy : subject_.policies) {
      const auto& all = policy->requirements;
      if (std::any_of(all.begin(), all.end(),
                      [&](const auto& one) { return text_member(one.parameters, "name") == name; }))
        return true;
    }
    return false;
  }

  /// True where a policy itself puts the variable here: its author need not be told.
  bool is_added(std::string_view name) const {
    const auto& unmet = subject_.evaluation.unmet;
    return std::any_of(unmet.begin(), unmet.end(), [&](const Unmet& one) {
      if (one.is_conflict() || one.container != container_.name()) return false;
      return std::any_of(subject_.policies.begin(), subject_.policies.end(), [&](const Policy* policy) {
        const Requirement* requirement = policy->name == one.policy ? policy->find(one.requirement) : nullptr;
        return requirement != nullptr && text_member(requirement->parameters, "name") == name;
      });
    });
  }

  bool misleads(const Json& variable, std::string_view setting) {
    const Right& known = right(setting);
    if (says_off(variable)) return !known.is_off;
    if (known.is_there || is_added(text_member(variable, "name"))) return false;
    return !is_asked_for(text_member(variable, "name")) || !unmet_requirement(setting).empty();
  }

  /// The requirement that says that the right name is missing.
  std::string unmet_requirement(std::string_view setting) const {
    if (setting == "DiagnosticPorts") return subject_.unmet(container_, "diagnostic-port");
    return unmet_variable(subject_, container_, std::string(dotnet_prefix).append(setting));
  }

  void add(const Json& variable, std::size_t index, const MeantSetting& meant) {
    const auto names = names_read(subject_, container_, meant.setting);
    const std::string name = names.empty() ? std::string(dotnet_prefix).append(meant.setting) : names.front();
    const std::string why = meant.misnaming == Misnaming::letter_case ? ": names are case-sensitive" : "";
    Hazard hazard =
        hazard_at(container_, index,
                  std::string(text_member(variable, "name")) + " in " + named(container_) + " has no effect" + why,
                  "write " + name);
    Right& known = right(meant.setting);
    if (!known.is_there && !says_off(variable)) hazard.instead_of = unmet_requirement(meant.setting);
    if (!hazard.instead_of.empty()) hazard.severity = Severity::error;  // as the requirement is
    // What would turn diagnostics off once it has its right name is left to a person.
    if (!known.is_there && !known.is_offered && !(is_switch(meant.setting) && says_off(variable))) {
      hazard.fix = {replaced(hazard.at / "name", name)};
      known.is_offered = true;
    }
    hazards_.push_back(std::move(hazard));
  }

  const Subject& subject_;
  const ContainerView& container_;
  std::map<std::string_view, Right> rights_;
  std::vector<Hazard> hazards_;
};

inline std::vector<Hazard> misnamed_settings(const Subject& subject, Misnaming misnaming) {
  std::vector<Hazard> all;
  for (const ContainerView& target : subject.targets()) {
    for (Hazard& hazard : MisnamedSettings(subject, target).hazards(misnaming))
      all.push_back(std::move(hazard));
  }
  return all;
}

}  // namespace dotdiag
