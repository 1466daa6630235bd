// For people: one line a finding, `path:line:col: severity: message [rule]`. With snippets the line it is about comes
// below, with what to do, and all that one container lacks is one block (block.hpp):
//
//   web.yaml:12:7: error: `web` cannot write to /tmp: ... [tmp-mount-read-only]
//      12 |       - name: web
//         |         ^^^^
//         = help: mount an emptyDir at /tmp
//
// What was said in full of one workload of a file is said of the others in one line.
#include "linter/report.hpp"
#include "linter/report/block.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace dotdiag {
namespace {

/// `text` without the names in it that stand in backticks: what many findings have in common.
std::string without_names(std::string_view text) {
  std::string result;
  bool is_name = false;
  for (const char c : text) {
    if (c == '`') is_name = !is_name;
    if (!is_name) result += c;
  }
  return result;
}

class TextReport : public Report {
 public:
  TextReport(std::ostream& out, const ReportStyle& style) : terminal_(out, style.color), style_(style) {}

  void file(const FileReport& report) override {
    blocks_.clear();
    said_.clear();
    std::map<const Diagnosis*, Parts> blocks;
    for (const Finding& finding : report.findings)
      if (is_in_block(finding)) blocks[finding.diagnosis.get()].push_back(&finding);
    for (const Finding& finding : report.findings) {
      if (!is_in_block(finding)) {
        write(finding);
      } else if (Parts& parts = blocks[finding.diagnosis.get()]; !parts.empty()) {
        write_block(std::exchange(parts, {}));
      }
    }
  }
  void finish(const Summary&) override {}

 private:
  using Parts = std::vector<const Finding*>;

  /// What an overlay puts in is in another file than the container that it is put into.
  bool is_in_block(const Finding& finding) const {
    return style_.snippets && finding.diagnosis != nullptr && finding.diagnosis->place.file == finding.file;
  }

  void write(const Finding& finding) {
    terminal_.headline(finding, finding.severity, finding.sentence() + " [" + finding.rule + "]");
    const bool is_new = said_.emplace(finding.rule, without_names(finding.message + finding.remedy)).second;
    if (style_.snippets && is_new) {
      terminal_.source_line(finding, finding.severity);
      if (!finding.remedy.empty()) terminal_.aside(finding, "help", finding.remedy);
    }
    terminal_.paste(finding.paste);
  }

  void write_block(Parts parts) {
    Block block(std::move(parts));
    const auto first =
        std::find_if(blocks_.begin(), blocks_.end(), [&](const Block& known) { return known.says_the_same(block); });
    if (first != blocks_.end()) return block.write_like(*first, terminal_);
    block.write(terminal_);
    blocks_.push_back(std::move(block));
  }

  Terminal terminal_;
  ReportStyle style_;
  std::vector<Block> blocks_;                           // of this file, those written in full
  std::set<std::pair<std::string, std::string>> said_;  // of this file: rules, and what was said in full
};

}  // namespace

std::unique_ptr<Report> open_text_report(std::ostream& out, const ReportStyle& style) {
  return std::make_unique<TextReport>(out, style);
}

}  // namespace dotdiag
