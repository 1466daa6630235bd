// For people, as one page that needs nothing but itself: how each workload stands with each requirement, which ways
// lead to it as it is, and then every finding with its source line and what to write. No script; light or dark as the
// reader has it; to be read on a phone or printed. What a manifest says only ever comes in through xml_escaped().
#include "linter/report.hpp"

#include "linter/embedded.hpp"
#include "linter/report/xml.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace dotdiag {
namespace {

std::string element(std::string_view name, std::string_view attributes, const std::string& content) {
  return "<" + std::string(name) + (attributes.empty() ? "" : " ") + std::string(attributes) + ">" + content + "</" +
         std::string(name) + ">";
}

std::string css_class(std::string_view name) {
  return "class=\"" + std::string(name) + "\"";
}

std::string code(std::string_view text) {
  return element("code", "", xml_escaped(text));
}

std::string workload_name(const std::string& kind, const std::string& name_space, const std::string& name) {
  return kind + " " + (name_space.empty() ? "" : name_space + "/") + (name.empty() ? "(without a name)" : name);
}

std::string place(const std::string& file, std::size_t line, std::size_t column) {
  return file + (line > 0 ? ":" + std::to_string(line) : "") + (column > 0 ? ":" + std::to_string(column) : "");
}

/// The source line with what is meant marked.
std::string excerpt(const Finding& finding) {
  const Excerpt& excerpt = finding.excerpt;
  if (excerpt.width == 0) return {};
  std::size_t begin = 0, end = 0, column = 1;
  for (; end < excerpt.text.size() && column < excerpt.column + excerpt.width; ++end) {
    const bool starts = (static_cast<unsigned char>(excerpt.text[end]) & 0xC0) != 0x80;
    if (starts && column == excerpt.column) begin = end;
    column += starts;
  }
  while (end < excerpt.text.size() && (static_cast<unsigned char>(excerpt.text[end]) & 0xC0) == 0x80)
    ++end;
  const std::string_view text = excerpt.text;
  return element("pre", "",
                 std::to_string(finding.begin.line) + " | " + xml_escaped(text.substr(0, begin)) +
                     element("mark", "", xml_escaped(text.substr(begin, end - begin))) + xml_escaped(text.substr(end)));
}

/// What stands there after the fix, piece by piece.
std::string fix_text(const Finding& finding) {
  std::string text;
  for (const Replacement& piece : finding.fix) {
    const std::size_t last = piece.end.column == 1 ? piece.end.line - 1 : piece.end.line;
    const bool only_adds = piece.begin == piece.end;
    const std::string lines = piece.begin.line >= last
                                  ? "line " + std::to_string(piece.begin.line)
                                  : "lines " + std::to_string(piece.begin.line) + " to " + std::to_string(last);
    text += element("p", css_class("faint"),
                    only_adds ? "above " + lines + ", put in" : "instead of " + lines + ", write") +
            element("pre", "", xml_escaped(piece.text));
  }
  if (text.empty()) return {};
  return element("details", "open", element("summary", "", "What --fix makes of this workload") + text);
}

std::string way_item(const WayReport& way) {
  const std::string_view color = way.verdict == "open" ? "good" : way.verdict == "closed" ? "error" : "warning";
  std::string why = way.reason;
  if (!way.remedy.empty()) why += (why.empty() ? "" : "; ") + way.remedy;
  return element("li", "",
                 code(way.mode) + " " + element("b", css_class(color), std::string(way.verdict)) +
                     (why.empty() ? "" : ": " + xml_escaped(why))) +
         "\n";
}

std::string target_text(const WorkloadReport::Target& target) {
  std::string items, missing;
  for (const WayReport& way : target.ways)
    items += way_item(way);
  for (const std::string& requirement : target.missing)
    missing += (missing.empty() ? "" : ", ") + code(requirement);
  return element("p", "",
                 "container " + code(target.container) +
                     (missing.empty() ? " lacks nothing" : "; preparing it adds " + missing)) +
         element("ul", "", "\n" + items);
}

/// One cell of the table: a word and a colour, so that neither has to be seen.
std::string cell(const WorkloadReport& workload, const std::string& requirement) {
  const auto found = workload.requirements.find(requirement);
  if (found == workload.requirements.end()) return element("td", css_class("faint"), "not asked");
  const auto& [worst, is_suppressed] = found->second;
  if (!worst && is_suppressed) return element("td", css_class("faint"), "suppressed");
  if (!worst) return element("td", css_class("good"), "&#10003; met");
  if (*worst == Severity::note) return element("td", css_class("note"), workload.is_added ? "+ by webhook" : "advised");
  const bool is_error = *worst == Severity::error;
  return element("td", css_class(severity_name(*worst)), is_error ? "&#10007; missing" : "! missing");
}

class HtmlReport : public Report {
 public:
  explicit HtmlReport(std::ostream& out) : out_(out) {}

  void file(const FileReport& report) override {
    for (const WorkloadReport& workload : report.workloads)
      workloads_.push_back({report.file, workload});
    if (!report.findings.empty()) findings_ += section(report.file, report.findings);
    if (!report.suppressed.empty()) suppressed_ += section(report.file, report.suppressed);
  }

  void finish(const Summary& summary) override {
    out_ << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         << "<link rel=\"icon\" href=\"data:,\">\n<title>dotdiag-lint report</title>\n<style>\n"
         << embedded_text("html.css") << "</style>\n</head>\n<body>\n<header>\n"
         << header(summary) << "</header>\n<main>\n"
         << table() << part("Ways in, as they are deployed today", ways()) << part("Findings", findings_)
         << part("Suppressed", suppressed_) << "</main>\n</body>\n</html>\n";
  }

 private:
  struct Row {
    std::string file;
    WorkloadReport workload;
  };

  static std::string count(std::size_t number, const std::string& words, std::string_view color) {
    const std::string content = element("b", "", std::to_string(number)) + " " + words;
    return element("li", number > 0 ? css_class(color) : "", content);
  }

  static std::string header(const Summary& summary) {
    std::string not_judged;
    for (const auto& [reason, number] : summary.not_judged)
      not_judged += (not_judged.empty() ? "" : ", ") + std::to_string(number) + " " + reason;
    return element("h1", "", "Are these workloads prepared to be diagnosed?") + "\n" +
           element("p", css_class("faint"),
                   "dotdiag-lint " DOTDIAG_VERSION ": " + count_of(summary.files, "file") + ", " +
                       count_of(summary.judged, "workload") + " judged" +
                       (not_judged.empty() ? "" : "; not judged: " + xml_escaped(not_judged))) +
           "\n" +
           element("ul", css_class("counts"),
                   count(summary.errors, "errors", "error") + count(summary.warnings, "warnings", "warning") +
                       count(summary.notes, "notes", "note") + count(summary.unreadable, "not processed", "error") +
                       count(summary.fixable, "fixable with --fix", "good")) +
           "\n";
  }

  std::set<std::string> requirements() const {
    std::set<std::string> all;
    for (const Row& row : workloads_)
      for (const auto& [requirement, worst] : row.workload.requirements)
        all.insert(requirement);
    return all;
  }

  static std::string row_name(const Row& row) {
    const WorkloadReport& workload = row.workload;
    std::string policies;
    for (const std::string& policy : workload.policies)
      policies += (policies.empty() ? "" : ", ") + policy;
    return element("th", "scope=\"row\"",
                   xml_escaped(workload_name(workload.kind, workload.name_space, workload.name)) + "<br>" +
                       element("span", css_class("faint"),
                               code(place(row.file, workload.line, 0)) + "<br>" + xml_escaped(policies)));
  }

  std::string table() const {
    if (workloads_.empty()) return part("Workloads", element("p", "", "No workload was judged."));
    const std::set<std::string> all = requirements();
    std::string head = element("th", "scope=\"col\"", "Workload");
    for (const std::string& requirement : all)
      head += element("th", "scope=\"col\"", xml_escaped(requirement));
    std::string body;
    for (const Row& row : workloads_) {
      std::string cells = row_name(row);
      for (const std::string& requirement : all)
        cells += cell(row.workload, requirement);
      body += element("tr", "", cells) + "\n";
    }
    // Who moves by keyboard has to be able to scroll it.
    return part("Workloads",
                element("div", "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Workloads\"",
                        element("table", "",
                                element("thead", "", element("tr", "", head)) + "\n" + element("tbody", "", body))));
  }

  std::string ways() const {
    std::string text;
    for (const Row& row : workloads_) {
      if (row.workload.targets.empty()) continue;
      const WorkloadReport& workload = row.workload;
      std::string one =
          element("h3", "", xml_escaped(workload_name(workload.kind, workload.name_space, workload.name))) +
          element("p", css_class("faint"), code(place(row.file, workload.line, 0)));
      for (const WorkloadReport::Target& target : workload.targets)
        one += target_text(target);
      text += element("section", css_class("finding none"), one) + "\n";
    }
    return text;
  }

  static std::string section(const std::string& file, const std::vector<Finding>& findings) {
    std::string text = element("h3", "", code(file)) + "\n";
    for (const Finding& finding : findings)
      text += finding_text(finding);
    return element("section", css_class("file"), text) + "\n";
  }

  static std::string finding_text(const Finding& finding) {
    const std::string_view severity = severity_name(finding.severity);
    std::string text = element("p", "",
                               element("span", css_class("word"), std::string(severity)) + " " +
                                   xml_escaped(finding.sentence()) + " " + code("[" + finding.rule + "]"));
    std::string where = code(place(finding.file, finding.begin.line, finding.begin.column));
    if (!finding.kind.empty())
      where += " " + xml_escaped(workload_name(finding.kind, finding.name_space, finding.name));
    text += element("p", css_class("faint"), where) + excerpt(finding);
    if (!finding.remedy.empty()) text += element("p", "", "What to do: " + xml_escaped(finding.remedy));
    if (finding.suppression) text += suppression_text(*finding.suppression);
    if (!finding.paste.empty()) text += element("pre", "", xml_escaped(finding.paste));
    return element("article", css_class("finding " + std::string(finding.suppression ? "none" : severity)),
                   text + fix_text(finding)) +
           "\n";
  }

  static std::string suppression_text(const Suppression& suppression) {
    return element(
        "p", "",
        suppression.reason.empty() ? "Suppressed, without a reason" : "Suppressed: " + xml_escaped(suppression.reason));
  }

  static std::string part(const std::string& title, const std::string& content) {
    return content.empty() ? "" : element("h2", "", title) + "\n" + content;
  }

  std::ostream& out_;
  std::vector<Row> workloads_;
  std::string findings_;
  std::string suppressed_;
};

}  // namespace

std::unique_ptr<Report> open_html_report(std::ostream& out, const ReportStyle&) {
  return std::make_unique<HtmlReport>(out);
}

}  // namespace dotdiag
