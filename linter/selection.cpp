#include "linter/selection.hpp"

#include "core/policy/words.hpp"
#include "linter/catalogue.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// The length of the longest of `prefixes` that `rule` begins with, plus one; 0 where it begins with none.
std::size_t best_fit(const std::vector<std::string>& prefixes, std::string_view rule) {
  std::size_t best = 0;
  for (const std::string& prefix : prefixes)
    if (rule.starts_with(prefix)) best = std::max(best, prefix.size() + 1);
  return best;
}

[[noreturn]] void refuse(const std::vector<CatalogueEntry>& entries, std::string why, const std::string& word,
                         const std::string& where, Position at) {
  const std::vector<std::string> similar = similar_ids(entries, word);
  throw InputError(where, at, std::move(why),
                   similar.empty() ? "see dotdiag-lint --rules" : "perhaps " + joined(similar));
}

}  // namespace

Selection::Selection(std::vector<std::string> only, const std::vector<std::string>& also,
                     std::vector<std::string> ignored)
    : ignored_(std::move(ignored)) {
  if (!only.empty()) selected_ = std::move(only);
  selected_.insert(selected_.end(), also.begin(), also.end());
}

bool Selection::has(std::string_view rule) const {
  return best_fit(selected_, rule) > best_fit(ignored_, rule);
}

Selection Selection::without(const std::vector<std::string>& ignored) const {
  Selection less = *this;
  less.ignored_.insert(less.ignored_.end(), ignored.begin(), ignored.end());
  return less;
}

void check_prefix(const std::vector<CatalogueEntry>& entries, const std::string& prefix, const std::string& where,
                  Position at) {
  const auto begins = [&](const CatalogueEntry& entry) { return entry.id.starts_with(prefix); };
  if (prefix.empty() || std::none_of(entries.begin(), entries.end(), begins))
    refuse(entries, "no rule begins with " + prefix, prefix, where, at);
}

void check_id(const std::vector<CatalogueEntry>& entries, const std::string& id, const std::string& where,
              Position at) {
  const auto is_it = [&](const CatalogueEntry& entry) { return entry.id == id; };
  if (std::none_of(entries.begin(), entries.end(), is_it)) refuse(entries, "there is no rule " + id, id, where, at);
}

}  // namespace dotdiag
