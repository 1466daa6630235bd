#include "linter/summary.hpp"

#include <algorithm>
#include <numeric>

namespace dotdiag {
namespace {

std::string reasons(const std::map<std::string, std::size_t>& not_judged) {
  std::string text;
  for (const auto& [reason, count] : not_judged) {
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + reason;
  }
  return text;
}

}  // namespace

void Summary::add(const Summary& other) {
  files += other.files;
  objects += other.objects;
  other_documents += other.other_documents;
  unreadable += other.unreadable;
  judged += other.judged;
  for (const auto& [reason, count] : other.not_judged)
    not_judged[reason] += count;
  errors += other.errors;
  warnings += other.warnings;
  notes += other.notes;
  hidden += other.hidden;
  suppressed += other.suppressed;
  fixable += other.fixable;
  unsafely_fixable += other.unsafely_fixable;
  fixed += other.fixed;
  proved_by_one += other.proved_by_one;
  changed_files += other.changed_files;
}

void Summary::count(Severity severity) {
  switch (severity) {
    case Severity::note:
      ++notes;
      break;
    case Severity::warning:
      ++warnings;
      break;
    case Severity::error:
      ++errors;
      break;
  }
}

void Summary::take_back(const Finding& finding) {
  std::size_t& same = finding.severity == Severity::note      ? notes
                      : finding.severity == Severity::warning ? warnings
                                                              : errors;
  --same;
  fixable -= std::min<std::size_t>(fixable, finding.fixable);
  unsafely_fixable -= std::min<std::size_t>(unsafely_fixable, finding.unsafely_fixable);
}

std::size_t Summary::at_or_above(Severity severity) const {
  std::size_t total = errors;
  if (severity <= Severity::warning) total += warnings;
  if (severity <= Severity::note) total += notes;
  return total;
}

std::size_t Summary::not_judged_total() const {
  return std::accumulate(not_judged.begin(), not_judged.end(), std::size_t{0},
                         [](std::size_t sum, const auto& entry) { return sum + entry.second; });
}

std::string Summary::text() const {
  std::string line = count_of(files, "file") + ", " + count_of(judged, "workload") + " judged";
  if (!not_judged.empty())
    line += ", " + std::to_string(not_judged_total()) + " not judged (" + reasons(not_judged) + ")";
  if (other_documents > 0) line += ", " + count_of(other_documents, "other document");
  if (unreadable > 0) line += ", " + std::to_string(unreadable) + " not processed";
  line += ": " + count_of(errors, "error") + ", " + count_of(warnings, "warning") + ", " + count_of(notes, "note");
  if (hidden > 0 && hidden == notes) line += " hidden";
  if (hidden > notes) line += ", " + std::to_string(hidden) + " of them hidden";
  if (suppressed > 0) line += ", " + std::to_string(suppressed) + " suppressed";
  if (fixed > 0) line += "; " + std::to_string(fixed) + " fixed in " + count_of(changed_files, "file");
  if (proved_by_one > 0) line += ", " + std::to_string(proved_by_one) + " of them proved by one reader only";
  if (fixable > 0) line += "; " + std::to_string(fixable) + " fixable with --fix";
  if (unsafely_fixable > 0) line += "; " + std::to_string(unsafely_fixable) + " more with --fix --unsafe-fixes";
  return line;
}

std::string count_of(std::size_t count, std::string_view singular) {
  return std::to_string(count) + " " + std::string(singular) + (count == 1 ? "" : "s");
}

}  // namespace dotdiag
