#include "linter/baseline.hpp"

#include "core/document/reader.hpp"
#include "linter/embedded.hpp"
#include "linter/fingerprint.hpp"
#include "linter/place.hpp"
#include "linter/report/json_text.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

/// `file` as it is called from the directory of the baseline at `path`.
std::string name_from(const std::string& path, const std::string& file) {
  std::error_code error;
  const fs::path folder = fs::absolute(path, error).lexically_normal().parent_path();
  return fs::absolute(file, error).lexically_normal().lexically_relative(folder).generic_string();
}

fs::path path_from(const std::string& path, const std::string& name) {
  return fs::path(path).parent_path() / name;
}

Json entry_json(const std::string& file, const Finding& finding) {
  Json entry = {{"file", file}, {"rule", finding.rule}};
  if (finding.kind.empty()) {
    entry["message"] = finding.message;
    return entry;
  }
  entry["kind"] = finding.kind;
  if (!finding.name_space.empty()) entry["namespace"] = finding.name_space;
  entry["name"] = finding.name;
  if (!finding.container.empty()) entry["container"] = finding.container;
  return entry;
}

/// What entry_json() made an entry of, as far as identity_of() goes.
Finding finding_of(const Json& entry) {
  const auto text = [&](const char* key) { return std::string(text_member(entry, key)); };
  Finding finding;
  finding.rule = text("rule");
  finding.message = text("message");
  finding.kind = text("kind");
  finding.name_space = text("namespace");
  finding.name = text("name");
  finding.container = text("container");
  return finding;
}

std::string about(const Finding& finding) {
  return finding.rule + (finding.kind.empty() ? "" : " of " + finding.kind + " " + finding.name);
}

/// Hands over each finding that `is_known`, with what counts it.
template <typename IsKnown>
void move_known(FileReport& report, Summary& summary, const IsKnown& is_known) {
  std::vector<Finding> shown;
  for (Finding& finding : report.findings) {
    if (finding.not_processed || !is_known(finding)) {
      shown.push_back(std::move(finding));
      continue;
    }
    summary.take_back(finding);
    ++summary.suppressed;
    finding.suppression = Suppression{Suppression::Where::outside, "known: it is in the baseline"};
    report.suppressed.push_back(std::move(finding));
  }
  report.findings = std::move(shown);
}

}  // namespace

Baseline::Baseline(const std::string& path, const std::vector<Input>& inputs) : name_(path) {
  const Document document = read_only_document(path);
  embedded_schema("baseline").check(document);
  source_ = document.source;
  std::set<std::string> files;
  for (const Input& input : inputs) {
    files.insert(name_from(path, input.path));
    saw_directories_ = saw_directories_ || !input.named;
  }
  const Pointer list = Pointer{} / "findings";
  std::size_t index = 0;
  for (const Json& item : items_member(document.root, "findings")) {
    const Finding finding = finding_of(item);
    Entry entry{std::string(text_member(item, "file")), identity_of(finding), about(finding), 1,
                offset_of(document, list / index++)};
    if (const Json* count = member(item, "count")) entry.left = count->get<std::size_t>();
    std::error_code ignored;
    const bool is_here = files.contains(entry.file);
    entry.is_gone = !is_here && !fs::exists(path_from(path, entry.file), ignored);
    if (!is_here && !entry.is_gone) continue;  // a file that is not part of this run
    by_identity_.emplace(entry.identity, entries_.size());
    entries_.push_back(std::move(entry));
  }
}

Baseline::Entry* Baseline::find(const std::string& file, const std::string& identity) {
  Entry* gone = nullptr;
  const auto [begin, end] = by_identity_.equal_range(identity);
  for (auto one = begin; one != end; ++one) {
    Entry& entry = entries_[one->second];
    if (entry.left == 0) continue;
    if (entry.file == file) return &entry;
    if (entry.is_gone && gone == nullptr) gone = &entry;
  }
  return gone;
}

void Baseline::take(FileReport& report, Summary& summary) {
  const std::string file = name_from(name_, report.file);
  move_known(report, summary, [&](const Finding& finding) {
    Entry* entry = find(file, identity_of(finding));
    if (entry != nullptr) --entry->left;
    return entry != nullptr;
  });
}

FileReport Baseline::stale() const {
  FileReport report{name_, {}, {}, {}};
  for (const Entry& entry : entries_) {
    // A file that is gone may have a new name, which only a look at everything would have met.
    if (entry.left == 0 || (entry.is_gone && !saw_directories_)) continue;
    Finding finding;
    finding.span = Span{entry.offset, entry.offset + 1};
    finding.severity = Severity::warning;
    finding.rule = "baseline-stale";
    finding.message = "the baseline knows of " + entry.about + " in " + entry.file + ", which is not found any more";
    finding.remedy = "remove the entry, or write the baseline anew with --write-baseline " + name_;
    report.findings.push_back(std::move(finding));
  }
  place(*source_, report.findings);
  return report;
}

void NewBaseline::take(FileReport& report, Summary& summary) {
  const std::string file = report.findings.empty() ? "" : name_from(path_, report.file);
  move_known(report, summary, [&](const Finding& finding) {
    ++lines_[json_text(entry_json(file, finding))];
    ++size_;
    return true;
  });
}

std::string NewBaseline::text() const {
  std::string text = "{\"version\": 1, \"findings\": [";
  std::string_view before = "\n  ";
  for (const auto& [entry, count] : lines_) {
    text += before;
    text += count == 1 ? entry : entry.substr(0, entry.size() - 1) + ",\"count\":" + std::to_string(count) + "}";
    before = ",\n  ";
  }
  return text + (lines_.empty() ? "]}\n" : "\n]}\n");
}

}  // namespace dotdiag
