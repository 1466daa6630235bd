#include "linter/suppression/ignores.hpp"

#include <filesystem>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

bool is_meant(std::string_view pattern, std::string_view text) {
  return pattern.empty() || fits(pattern, text);
}

std::string below(const std::string& root, const std::string& file) {
  std::error_code error;
  return fs::absolute(file, error).lexically_normal().lexically_relative(root).generic_string();
}

/// True where `ignore` is about what `finding` is about, whatever the rule.
bool is_about(const Ignore& ignore, const Finding& finding) {
  return is_meant(ignore.kind, finding.kind) && is_meant(ignore.name_space, finding.name_space) &&
         is_meant(ignore.name, finding.name) && is_meant(ignore.container, finding.container);
}

Finding complaint(const Ignore& ignore, std::string rule, std::string message, std::string remedy) {
  Finding finding;
  finding.span = ignore.at;
  finding.severity = Severity::warning;
  finding.rule = std::move(rule);
  finding.message = std::move(message);
  finding.remedy = std::move(remedy);
  return finding;
}

}  // namespace

Ignores::Ignores(std::vector<Ignore> entries, std::string root, std::string today) : root_(std::move(root)) {
  for (Ignore& ignore : entries) {
    Entry& entry = entries_.emplace_back();
    entry.is_expired = !ignore.expires.empty() && ignore.expires < today;
    entry.ignore = std::move(ignore);
  }
}

const Ignore* Ignores::find(const std::string& file, const Finding& finding) const {
  std::optional<std::string> path;
  for (const Entry& entry : entries_) {
    const Ignore& ignore = entry.ignore;
    if (entry.is_expired || !is_about(ignore, finding)) continue;
    if (ignore.path && !path) path = below(root_, file);
    if (ignore.path && !ignore.path->matches_at_or_above(*path)) continue;
    entry.is_met = true;
    if (!finding.rule.starts_with(ignore.rule)) continue;
    entry.is_used = true;
    return &ignore;
  }
  return nullptr;
}

std::vector<Finding> Ignores::complaints() const {
  std::vector<Finding> complaints;
  for (const Entry& entry : entries_) {
    const Ignore& ignore = entry.ignore;
    if (entry.is_expired)
      complaints.push_back(complaint(ignore, "suppression-expired", "this suppression expired on " + ignore.expires,
                                     "mend what it hides, or decide anew: " + ignore.reason));
    if (!entry.is_expired && entry.is_met && !entry.is_used)
      complaints.push_back(
          complaint(ignore, "suppression-unused", "nothing needs the suppression of " + ignore.rule, "remove it"));
  }
  return complaints;
}

}  // namespace dotdiag
