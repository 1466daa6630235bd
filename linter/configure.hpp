// Brings together what the command line and a settings file say about rules.
#pragma once

#include "linter/catalogue.hpp"
#include "linter/config.hpp"
#include "linter/run.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// What the command line says about rules.
struct RuleFlags {
  std::vector<std::string> select;
  std::vector<std::string> extend_select;
  std::vector<std::string> ignore;
  std::vector<std::string> severities;  ///< `RULE=LEVEL`

  bool empty() const { return select.empty() && extend_select.empty() && ignore.empty() && severities.empty(); }
};

/// Throws InputError where a flag names no rule of `entries`, or no severity.
void check_rule_flags(const RuleFlags& flags, const std::vector<CatalogueEntry>& entries);

/// Puts both into `settings`. Flags that say which rules speak take the place of what the settings file says about
/// that; others come on top of it.
void configure_rules(const RuleFlags& flags, const Config& config, Settings& settings);

}  // namespace dotdiag
