#include "linter/fix.hpp"

#include "core/edit/yaml_layout.hpp"
#include "linter/diff.hpp"
#include "linter/second_reader.hpp"

#include <algorithm>
#include <utility>

namespace dotdiag {
namespace {

Edits all_edits(const std::vector<JudgedWorkload>& workloads) {
  Edits all;
  for (const JudgedWorkload& workload : workloads)
    all.insert(all.end(), workload.edits.begin(), workload.edits.end());
  return all;
}

/// The text of one document while it is being mended.
class Part {
 public:
  Part(const Source& file, const Document& document, const Rewrite::Patch& write)
      : file_name_(file.name()),
        is_last_(document.end == file.text().size()),
        is_json_(document.is_json),
        value_(document.root),
        write_(write) {
    set(std::string(file.text().substr(document.begin, document.end - document.begin)));
  }

  std::string_view text() const { return source_->text(); }

  /// Carries `edits` out, or leaves the text alone and says why.
  TextPatch try_patch(const Edits& edits) {
    TextPatch patch = write_(source_, 0, edits);
    if (patch.refusal.empty() && !is_last_ && !patch.text.ends_with('\n') && !patch.text.ends_with('\r'))
      patch.refusal = "the next document would run into this one";
    if (patch.refusal.empty()) prove(edits, patch);
    if (patch.refusal.empty()) set(std::move(patch.text));
    return patch;
  }

  /// True where what was carried out last could be proved by one reader only.
  bool is_proved_by_one() const { return is_proved_by_one_; }

 private:
  using Verdict = SecondReading::Verdict;

  /// Has the new text read by another reader, and refuses it where that one understands something else.
  void prove(const Edits& edits, TextPatch& patch) {
    Json expected = value_;
    for (const Edit& edit : edits)
      apply(expected, edit);
    const SecondReading reading = read_by_another(patch.text, expected, is_json_);
    is_proved_by_one_ = reading.verdict == Verdict::cannot_read;
    if (reading.verdict == Verdict::differs)
      patch.refusal = "a second reader of YAML understands the result differently" +
                      (reading.where.empty() ? "" : " at " + reading.where);
    // That it could read the text before says that it was the change that is at fault.
    if (is_proved_by_one_ && read_by_another(text(), value_, is_json_).verdict == Verdict::agrees)
      patch.refusal = "a second reader of YAML cannot read the result";
    if (patch.refusal.empty()) value_ = std::move(expected);
  }

  void set(std::string text) { source_ = std::make_shared<const Source>(file_name_, std::move(text)); }

  std::string file_name_;
  bool is_last_;
  bool is_json_;
  Json value_;
  const Rewrite::Patch& write_;
  bool is_proved_by_one_ = false;
  std::shared_ptr<const Source> source_;
};

/// The refusal of `edits` in the words of the whole file: the document as it was, behind as many lines as the file has
/// before it.
TextPatch refusal_in_file(const Document& document, const Edits& edits) {
  const Source& file = *document.source;
  const std::size_t lines_before = file.position(document.begin).line - 1;
  std::string text(lines_before, '\n');
  text += file.text().substr(document.begin, document.end - document.begin);
  return patch_text(std::make_shared<const Source>(file.name(), std::move(text)), 0, edits);
}

/// True where a line can be put behind `node` without a look at how it ends: not behind a block scalar, which might
/// take it for its own, nor behind brackets over several lines.
bool ends_plainly(std::string_view text, const Node& node) {
  const Node* last = &node;
  while (const Entry* entry = last->style == Style::block ? last_entry(*last) : nullptr)
    last = entry->node;
  if (last->style == Style::literal || last->style == Style::folded) return false;
  return last->style != Style::flow || text.substr(last->begin, last->end - last->begin).find('\n') == npos;
}

/// True for additions to what is in block style, in a document without anchors, tags and the like: they are always
/// written, so trying would find nothing. The property test of the fixes holds this to the truth.
bool is_surely_written(const Document& document, const Edits& edits) {
  const std::string_view text = document.source->text();
  if (document.is_json) return false;
  if (text.substr(document.begin, document.end - document.begin).find_first_of("&*?!%\t\r") != npos) return false;
  return std::all_of(edits.begin(), edits.end(), [&](const Edit& edit) {
    if (edit.operation != Operation::add || edit.path.empty()) return false;
    const Node& holder = *locate(document, edit.path.parent()).node;
    return holder.style == Style::block && ends_plainly(text, holder);
  });
}

/// Gives `finding` what turns `document` into `mended`.
void show_changes(const Source& source, const Document& document, std::string_view mended, Finding& finding) {
  const std::string_view text = source.text().substr(document.begin, document.end - document.begin);
  const std::vector<ChangedLines> changes = changed_lines(text, mended);
  if (changes.empty()) return;
  const auto replacement = [&](std::size_t begin, std::size_t end, std::size_t new_begin, std::size_t new_end) {
    return Replacement{source.position(document.begin + begin), source.position(document.begin + end),
                       std::string(mended.substr(new_begin, new_end - new_begin))};
  };
  for (const ChangedLines& change : changes)
    finding.fix.push_back(replacement(change.before_begin, change.before_end, change.after_begin, change.after_end));
  finding.whole_fix = replacement(changes.front().before_begin, changes.back().before_end, changes.front().after_begin,
                                  changes.back().after_end);
}

void cannot_fix(JudgedWorkload& workload, const std::string& why) {
  for (Finding& finding : workload.findings) {
    finding.unsafely_fixable = false;  // --unsafe-fixes mends both together, or none
    if (!std::exchange(finding.fixable, false)) continue;
    finding.remedy += (finding.remedy.empty() ? "" : "; ") + ("by hand: " + why);
    finding.not_fixable = why;
  }
}

}  // namespace

void refuse_fix(JudgedWorkload& workload, const std::string& why, const std::string& snippet) {
  auto& findings = workload.findings;
  const auto first =
      std::find_if(findings.begin(), findings.end(), [](const Finding& finding) { return finding.fixable; });
  if (first == findings.end()) return;
  Finding refusal = *first;
  refusal.severity = Severity::warning;
  refusal.rule = "fix-refused";
  refusal.message = "not fixed: " + why;
  refusal.remedy = snippet.empty() ? "mend it by hand" : "write by hand what follows";
  refusal.paste = snippet;
  refusal.policy.clear();
  refusal.diagnosis.reset();
  for (Finding& finding : findings)
    finding.fixable = false;
  refusal.fixable = false;
  findings.push_back(std::move(refusal));
}

template <typename Told>
std::string Rewrite::mend(const Document& document, LintedDocument& linted, const Told& told) {
  auto& workloads = linted.workloads;
  Part part(*source_, document, patch_);
  TextPatch all = part.try_patch(all_edits(workloads));
  const bool one_by_one = !all.refusal.empty() && workloads.size() > 1 && may_read_again(document, workloads.size());
  for (JudgedWorkload& workload : workloads) {
    if (workload.edits.empty()) continue;
    if (one_by_one) all = part.try_patch(workload.edits);
    if (!all.refusal.empty() && may_read_again(document, 1)) {
      TextPatch exact = refusal_in_file(document, workload.edits);
      if (!exact.refusal.empty()) all = std::move(exact);
    }
    told(workload, all, part.is_proved_by_one());
    all.snippet.clear();  // shown once
  }
  return std::string(part.text());
}

void Rewrite::fix(const Document& document, LintedDocument& linted) {
  if (all_edits(linted.workloads).empty()) return;
  std::string text = mend(document, linted, [this](JudgedWorkload& workload, const TextPatch& patch, bool by_one) {
    if (patch.refusal.empty()) return take_mended(workload, by_one);
    refuse_fix(workload, patch.refusal, patch.snippet);
  });
  done_ += source_->text().substr(done_until_, document.begin - done_until_);
  done_ += text;
  done_until_ = document.end;
}

void Rewrite::foretell(const Document& document, LintedDocument& linted) {
  const Edits edits = all_edits(linted.workloads);
  if (edits.empty() || is_surely_written(document, edits)) return;
  mend(document, linted, [](JudgedWorkload& workload, const TextPatch& patch, bool) {
    if (!patch.refusal.empty()) cannot_fix(workload, patch.refusal);
  });
}

void Rewrite::show_fixes(const Document& document, LintedDocument& linted) {
  for (JudgedWorkload& workload : linted.workloads) {
    auto& findings = workload.findings;
    const auto first = std::find_if(findings.begin(), findings.end(), [](const Finding& one) { return one.fixable; });
    if (first == findings.end()) continue;
    if (const auto text = mended_alone(document, workload)) show_changes(*source_, document, *text, *first);
  }
}

std::vector<PreviewLine> Rewrite::preview(const Document& document, const JudgedWorkload& workload) {
  const auto text = workload.edits.empty() ? std::nullopt : mended_alone(document, workload);
  if (!text) return {};
  const std::string_view before = source_->text().substr(document.begin, document.end - document.begin);
  return preview_of(before, *text, source_->position(document.begin).line);
}

std::optional<std::string> Rewrite::mended_alone(const Document& document, const JudgedWorkload& workload) {
  if (!may_read_again(document, 1)) return {};
  Part part(*source_, document, patch_);
  if (!part.try_patch(workload.edits).refusal.empty()) return {};
  return std::string(part.text());
}

bool Rewrite::may_read_again(const Document& document, std::size_t times) {
  const std::size_t cost = std::max<std::size_t>(1, document.end - document.begin) * times;
  if (cost > bytes_to_read_again_) return false;
  bytes_to_read_again_ -= cost;
  return true;
}

std::string Rewrite::text() const {
  return done_ + std::string(source_->text().substr(done_until_));
}

void Rewrite::take_mended(JudgedWorkload& workload, bool proved_by_one) {
  auto& findings = workload.findings;
  const auto mended =
      std::stable_partition(findings.begin(), findings.end(), [](const Finding& finding) { return !finding.fixable; });
  if (proved_by_one) proved_by_one_ += static_cast<std::size_t>(findings.end() - mended);
  std::move(mended, findings.end(), std::back_inserter(mended_));
  findings.erase(mended, findings.end());
}

}  // namespace dotdiag
