// SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0) as GitHub's code scanning takes it (docs.github.com, "SARIF
// support for code scanning"): a result without a place or a file name that is no URI makes it refuse the whole upload.
// Optional objects are left out rather than left empty, and only rules that were found are described.
#include "linter/report.hpp"

#include "linter/catalogue.hpp"
#include "linter/fingerprint.hpp"
#include "linter/report/json_text.hpp"
#include "linter/report/repository_path.hpp"

#include <algorithm>
#include <map>

namespace dotdiag {
namespace {

constexpr const char* source_root = "%SRCROOT%";

std::string_view problem_severity(Severity severity) {
  return severity == Severity::note ? "recommendation" : severity_name(severity);
}

Json text_json(const std::string& text) {
  return {{"text", text}};
}

/// `shared-tmp` as `SharedTmp`: a name of one word, as the specification's examples have it.
std::string pascal_case(std::string_view id) {
  std::string name;
  bool is_first = true;
  for (const char c : id) {
    if (c != '-') name += is_first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    is_first = c == '-';
  }
  return name;
}

Json rule_json(const CatalogueEntry& entry) {
  Json rule = {
      {"id", entry.id},
      {"shortDescription", text_json(entry.summary + ".")},
      {"fullDescription", text_json(entry.why)},
      {"help", {{"text", entry.fix}, {"markdown", entry.why + "\n\n**What to do:** " + entry.fix}}},
      {"defaultConfiguration", {{"level", severity_name(entry.severity)}}},
      {"properties",
       {{"tags", {"kubernetes", "dotnet", "diagnostics"}},
        {"precision", "high"},
        {"problem.severity", problem_severity(entry.severity)}}},
  };
  // A name that is the id but for its letter case is none.
  if (entry.id.find('-') != std::string::npos) rule["name"] = pascal_case(entry.id);
  if (!entry.source.empty()) rule["helpUri"] = entry.source;
  return rule;
}

Json artifact(const std::string& path) {
  Json location = {{"uri", uri_of(path)}};
  if (!path.starts_with('/')) location["uriBaseId"] = source_root;
  return location;
}

/// The file as a whole is its first line: GitHub wants a place.
Json region(Position begin, Position end) {
  if (begin.line == 0) return {{"startLine", 1}};
  return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
}

Json replacement_json(const Replacement& replacement) {
  return {{"deletedRegion", region(replacement.begin, replacement.end)},
          {"insertedContent", text_json(replacement.text)}};
}

Json fix_json(const std::string& path, const Finding& finding) {
  Json replacements = Json::array();
  for (const Replacement& replacement : finding.fix)
    replacements.push_back(replacement_json(replacement));
  const std::string what = finding.kind.empty() ? "it" : finding.kind + " " + finding.name;
  return {{"description", text_json("Mend all that --fix can mend of " + what + ".")},
          {"artifactChanges", Json::array({{{"artifactLocation", artifact(path)}, {"replacements", replacements}}})}};
}

Json suppression_json(const Suppression& suppression) {
  const bool is_inside = suppression.where == Suppression::Where::manifest;
  Json json = {{"kind", is_inside ? "inSource" : "external"}, {"status", "accepted"}};
  if (!suppression.reason.empty()) json["justification"] = suppression.reason;
  return json;
}

Json logical_location(const Finding& finding) {
  const std::string place = finding.name_space.empty() ? "" : finding.name_space + "/";
  return {{"fullyQualifiedName",
           place + finding.kind + "/" + finding.name + (finding.container.empty() ? "" : "/" + finding.container)},
          {"kind", "resource"}};
}

class SarifReport : public Report {
 public:
  SarifReport(std::ostream& out, const ReportStyle& style) : out_(out), entries_(catalogue(*style.policies)) {
    out_ << "{\"version\": \"2.1.0\", \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"runs\": [{"
         << "\"columnKind\": \"unicodeCodePoints\", \"automationDetails\": {\"id\": \"dotdiag-lint/\"}, "
         << "\"originalUriBaseIds\": {\"%SRCROOT%\": {\"description\": {\"text\": \"The root of the repository.\"}}}, "
         << "\"results\": [";
  }

  void file(const FileReport& report) override {
    if (report.findings.empty() && report.suppressed.empty()) return;
    const std::string path = repository_path(report.file);
    for (const Finding& finding : report.findings)
      write(result(path, finding));
    for (const Finding& finding : report.suppressed)
      write(result(path, finding));
  }

  void finish(const Summary& summary) override {
    const Json invocation = {{"executionSuccessful", summary.unreadable == 0}};
    out_ << (is_first_ ? "" : "\n") << "], \"tool\": {\"driver\": " << json_text(driver()) << "}, \"invocations\": ["
         << json_text(invocation) << "]}]}\n";
  }

 private:
  void write(const Json& result) {
    out_ << (is_first_ ? "\n  " : ",\n  ") << json_text(result);
    is_first_ = false;
  }

  Json result(const std::string& path, const Finding& finding) {
    Json location = {
        {"physicalLocation", {{"artifactLocation", artifact(path)}, {"region", region(finding.begin, finding.end)}}}};
    if (!finding.kind.empty()) location["logicalLocations"] = Json::array({logical_location(finding)});
    Json result = {
        {"ruleId", finding.rule},
        {"ruleIndex", index_of(finding)},
        {"level", severity_name(finding.severity)},
        {"message", text_json(finding.sentence() + (finding.remedy.empty() ? "." : ": " + finding.remedy + "."))},
        {"locations", Json::array({location})},
        {"partialFingerprints", {{"primaryLocationLineHash", fingerprints_.of(path, finding) + ":1"}}},
    };
    if (!finding.fix.empty()) result["fixes"] = Json::array({fix_json(path, finding)});
    if (finding.suppression) result["suppressions"] = Json::array({suppression_json(*finding.suppression)});
    return result;
  }

  /// Where the finding's rule stands among those that are described.
  std::size_t index_of(const Finding& finding) {
    const auto [known, is_new] = indices_.try_emplace(finding.rule, indices_.size());
    if (!is_new) return known->second;
    const auto entry = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const CatalogueEntry& one) { return one.id == finding.rule; });
    rules_.push_back(entry != entries_.end() ? rule_json(*entry) : Json{{"id", finding.rule}});
    return known->second;
  }

  Json driver() const {
    return {{"name", "dotdiag-lint"},
            {"informationUri", "https://dotdiag.io/"},
            {"semanticVersion", DOTDIAG_VERSION},
            {"rules", rules_}};
  }

  std::ostream& out_;
  std::vector<CatalogueEntry> entries_;
  Fingerprints fingerprints_;
  std::map<std::string, std::size_t> indices_;
  Json rules_ = Json::array();
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<Report> open_sarif_report(std::ostream& out, const ReportStyle& style) {
  return std::make_unique<SarifReport>(out, style);
}

}  // namespace dotdiag
