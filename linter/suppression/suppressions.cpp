#include "linter/suppression/suppressions.hpp"

#include "core/policy/words.hpp"

#include <algorithm>
#include <iterator>

namespace dotdiag {
namespace {

Finding complaint(const Directive& directive, std::string rule, std::string message, std::string remedy) {
  Finding finding;
  finding.span = directive.at;
  finding.severity = Severity::warning;
  finding.rule = std::move(rule);
  finding.message = std::move(message);
  finding.remedy = std::move(remedy);
  return finding;
}

bool is_rule(const std::vector<CatalogueEntry>& entries, const std::string& id) {
  return std::any_of(entries.begin(), entries.end(), [&](const CatalogueEntry& entry) { return entry.id == id; });
}

bool is_in(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What is to be said about `directive`, which did nothing or means nothing.
std::optional<Finding> complaint_about(const Directive& directive, const Selection& selection,
                                       const std::vector<CatalogueEntry>& entries) {
  if (!directive.problem.empty())
    return complaint(directive, "suppression-invalid", directive.problem, directive.remedy);
  std::vector<std::string> idle;
  for (const std::string& rule : directive.rules) {
    if (is_rule(entries, rule)) {
      if (selection.has(rule) && !is_in(directive.used, rule)) idle.push_back(rule);
      continue;
    }
    const std::vector<std::string> similar = similar_ids(entries, rule);
    return complaint(directive, "suppression-invalid", "there is no rule " + rule + " to suppress",
                     similar.empty() ? "see dotdiag-lint --rules" : "perhaps " + joined(similar));
  }
  if (idle.empty() && (directive.is_used || !directive.rules.empty())) return {};
  const std::string what = idle.empty() ? "anything" : joined(idle);
  return complaint(directive, "suppression-unused", "nothing here needs the suppression of " + what, "remove it");
}

}  // namespace

Suppressions::Suppressions(const Document& document, const Ignores* ignores)
    : document_(document), ignores_(ignores), comments_(comment_directives(document)) {}

void Suppressions::begin_workload(const Workload& workload) {
  first_of_workload_ = annotations_.size();
  std::vector<Directive> more = annotation_directives(document_, workload);
  std::move(more.begin(), more.end(), std::back_inserter(annotations_));
}

const Directive* Suppressions::find(const Finding& finding) const {
  for (std::size_t index = first_of_workload_; index < annotations_.size(); ++index) {
    const Directive& one = annotations_[index];
    if (one.names(finding.rule) && (one.container.empty() || one.container == finding.container)) return &one;
  }
  if (!finding.span) return nullptr;
  const auto comment = std::find_if(comments_.begin(), comments_.end(), [&](const Directive& one) {
    return one.names(finding.rule) && one.line.begin <= finding.span->begin && finding.span->begin <= one.line.end;
  });
  return comment == comments_.end() ? nullptr : &*comment;
}

std::optional<Suppression> Suppressions::suppression_of(const Finding& finding) const {
  if (const Directive* directive = find(finding)) {
    directive->is_used = true;
    directive->used.push_back(finding.rule);
    return Suppression{Suppression::Where::manifest, directive->reason};
  }
  const Ignore* ignore = ignores_ == nullptr ? nullptr : ignores_->find(document_.source->name(), finding);
  if (ignore == nullptr) return std::nullopt;
  return Suppression{Suppression::Where::outside, ignore->reason};
}

void Suppressions::take(std::vector<Finding>& findings, std::vector<Finding>& suppressed) {
  if (is_idle()) return;
  std::vector<Finding> shown;
  for (Finding& finding : findings) {
    finding.suppression = suppression_of(finding);
    (finding.suppression ? suppressed : shown).push_back(std::move(finding));
  }
  findings = std::move(shown);
}

bool Suppressions::is_idle() const {
  return comments_.empty() && first_of_workload_ == annotations_.size() && (ignores_ == nullptr || ignores_->empty());
}

bool Suppressions::has_directives() const {
  return !comments_.empty() || !annotations_.empty();
}

std::vector<Finding> Suppressions::complaints(const Selection& selection,
                                              const std::vector<CatalogueEntry>& entries) const {
  std::vector<Finding> complaints;
  for (const auto* directives : {&comments_, &annotations_})
    for (const Directive& directive : *directives)
      if (auto one = complaint_about(directive, selection, entries)) complaints.push_back(std::move(*one));
  return complaints;
}

}  // namespace dotdiag
