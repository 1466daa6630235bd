#include "linter/configure.hpp"

#include "core/document/error.hpp"

#include <ctime>
#include <utility>

namespace dotdiag {
namespace {

std::vector<std::string> both(std::vector<std::string> first, const std::vector<std::string>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// `RULE=LEVEL`, where LEVEL is one; otherwise the second is empty.
std::pair<std::string, std::string> parts_of(const std::string& flag) {
  const std::size_t equals = flag.find('=');
  const std::string level = equals == std::string::npos ? "" : flag.substr(equals + 1);
  return {flag.substr(0, equals), is_severity(level) ? level : ""};
}

/// As people write dates; in UTC, so that it is the same day for everybody.
std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[sizeof("2027-01-31")];
  return std::strftime(text, sizeof(text), "%Y-%m-%d", &parts) > 0 ? text : "";
}

}  // namespace

void check_rule_flags(const RuleFlags& flags, const std::vector<CatalogueEntry>& entries) {
  for (const std::string& prefix : flags.select)
    check_prefix(entries, prefix, "--select");
  for (const std::string& prefix : flags.extend_select)
    check_prefix(entries, prefix, "--extend-select");
  for (const std::string& prefix : flags.ignore)
    check_prefix(entries, prefix, "--ignore");
  for (const std::string& flag : flags.severities) {
    const auto [rule, level] = parts_of(flag);
    check_id(entries, rule, "--severity");
    if (level.empty())
      throw InputError("--severity", {}, "no severity in " + flag, "write it as " + rule + "=note, =warning or =error");
  }
}

void configure_rules(const RuleFlags& flags, const Config& config, Settings& settings) {
  LintSettings& lint = settings.file.lint;
  const bool is_chosen = !flags.select.empty();
  lint.selection = Selection(is_chosen ? flags.select : config.select,
                             both(is_chosen ? std::vector<std::string>{} : config.extend_select, flags.extend_select),
                             both(config.ignore, flags.ignore));
  lint.severities = config.severities;
  for (const std::string& flag : flags.severities) {
    const auto [rule, level] = parts_of(flag);
    lint.severities[rule] = severity_named(level);
  }
  settings.file.per_file_ignores = config.per_file_ignores;
  settings.file.config_directory = config.directory;
  settings.source = config.source;
  if (!config.ignores.empty())
    settings.ignores = std::make_shared<const Ignores>(config.ignores, config.directory, today());
}

}  // namespace dotdiag
