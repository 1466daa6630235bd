#include "linter/report/block.hpp"

#include <algorithm>

namespace dotdiag {

Block::Block(std::vector<const Finding*> findings)
    : findings_(std::move(findings)), diagnosis_(*findings_.front()->diagnosis) {
  std::stable_sort(findings_.begin(), findings_.end(),
                   [](const Finding* left, const Finding* right) { return left->severity > right->severity; });
  severity_ = findings_.front()->severity;
  for (const Finding* finding : findings_)
    lines_.push_back(line_of(*finding));
}

/// `2 of 6 prerequisites are missing`, behind what that means.
std::string Block::headline() const {
  const std::size_t count = findings_.size();
  const std::string counted = std::to_string(count) + " of " + std::to_string(diagnosis_.asked);
  const std::string name = "`" + diagnosis_.container + "` is ";
  const std::string verb = count == 1 ? " is" : " are";
  if (diagnosis_.is_added && severity_ == Severity::note)
    return name + "made ready for " + diagnosis_.policy + " by the webhook, which adds " + counted + " prerequisites";
  if (severity_ == Severity::error)
    return name + "not prepared for " + diagnosis_.policy + ": " + counted + " prerequisites" + verb + " missing";
  return name + "prepared for " + diagnosis_.policy + ", but for " + counted +
         " prerequisites, which most nodes and images do without";
}

/// The message without the container's name, which the headline has; and what to do where --fix has nothing to offer.
std::string Block::line_of(const Finding& finding) const {
  std::string text = finding.message;
  const std::string subject = "container `" + diagnosis_.container + "` ";
  if (text.rfind(subject, 0) == 0) text.erase(0, subject.size());
  const bool is_for_a_person = !finding.fixable && finding.not_fixable.empty() && !diagnosis_.is_added;
  if (is_for_a_person && !finding.remedy.empty()) text += ": " + finding.remedy;
  return text + " [" + finding.rule + "]";
}

void Block::write(Terminal& terminal) const {
  const Finding& place = diagnosis_.place;
  terminal.headline(place, severity_,
                    headline() + diagnosis_.ways + (place.origin.empty() ? "" : " (from " + place.origin + ")"));
  terminal.source_line(place, severity_);
  for (std::size_t index = 0; index < lines_.size(); ++index) {
    const Finding& finding = *findings_[index];
    const bool is_elsewhere = finding.begin.line > place.begin.line;
    terminal.aside(place, finding.severity,
                   (is_elsewhere ? "line " + std::to_string(finding.begin.line) + ": " : "") + lines_[index]);
  }
  const auto refused = std::find_if(findings_.begin(), findings_.end(),
                                    [](const Finding* finding) { return !finding->not_fixable.empty(); });
  if (refused != findings_.end()) terminal.aside(place, "by hand", (*refused)->not_fixable);
  if (diagnosis_.fix.empty()) return;
  terminal.aside(place, "--fix changes", "");
  for (const PreviewLine& line : diagnosis_.fix)
    terminal.preview(line);
}

void Block::write_like(const Block& first, Terminal& terminal) const {
  terminal.headline(diagnosis_.place, severity_,
                    headline() + ", the same as of `" + first.diagnosis_.container + "` in line " +
                        std::to_string(first.diagnosis_.place.begin.line));
}

bool Block::says_the_same(const Block& other) const {
  return lines_ == other.lines_ && severity_ == other.severity_ && diagnosis_.policy == other.diagnosis_.policy &&
         diagnosis_.ways == other.diagnosis_.ways;
}

}  // namespace dotdiag
