// JUnit's XML, in the form that GitLab, Jenkins and GitHub actions read (there is no standard; testmoapp/junitxml on
// GitHub collects what they agree on). A file is a suite, and a finding a case. What fails the run (--fail-on) is a
// failure, what lies below has passed and says so; what could not be processed is an error, what is suppressed is
// skipped. A file without findings is one case that passed: readers drop empty suites.
#include "linter/report.hpp"

#include "linter/report/xml.hpp"

#include <string>

namespace dotdiag {
namespace {

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;

  void add(const Counts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
  }

  std::string attributes() const {
    return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
           std::to_string(errors) + "\" skipped=\"" + std::to_string(skipped) + "\" time=\"0\"";
  }
};

std::string case_name(const Finding& finding) {
  std::string name = finding.rule;
  if (!finding.kind.empty()) name += ' ' + finding.kind + '/' + finding.name;
  if (finding.begin.line > 0)
    name += ' ' + std::to_string(finding.begin.line) + ':' + std::to_string(finding.begin.column);
  return name;
}

/// What the report of a test shows: everything that text shows.
std::string details(const Finding& finding) {
  std::string text = finding.file;
  if (finding.begin.line > 0)
    text += ':' + std::to_string(finding.begin.line) + ':' + std::to_string(finding.begin.column);
  text += ": " + std::string(severity_name(finding.severity)) + ": " + finding.sentence() + " [" + finding.rule + "]";
  if (!finding.excerpt.text.empty()) text += "\n" + finding.excerpt.text;
  if (!finding.remedy.empty()) text += "\nhelp: " + finding.remedy;
  return text;
}

/// An element whose content is left as it is; `message` and `type` are its attributes.
std::string outcome(std::string_view element, const std::string& message, std::string_view type,
                    const std::string& content) {
  return "<" + std::string(element) + " message=\"" + xml_escaped(message) + "\" type=\"" + std::string(type) + "\">" +
         xml_escaped(content) + "</" + std::string(element) + ">";
}

class JunitReport : public Report {
 public:
  JunitReport(std::ostream& out, const ReportStyle& style) : out_(out), fail_on_(style.fail_on) {}

  void file(const FileReport& report) override {
    Counts counts;
    std::string cases;
    for (const Finding& finding : report.findings)
      cases += test_case(report.file, finding, counts);
    for (const Finding& finding : report.suppressed)
      cases += skipped_case(report.file, finding, counts);
    if (cases.empty()) cases = open_case(report.file, "dotdiag-lint", 0, counts) + "/>\n";
    suites_ += "  <testsuite name=\"" + xml_escaped(report.file) + "\"" + counts.attributes() + ">\n" + cases +
               "  </testsuite>\n";
    total_.add(counts);
  }

  void finish(const Summary&) override {
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"dotdiag-lint\"" << total_.attributes()
         << ">\n"
         << suites_ << "</testsuites>\n";
  }

 private:
  static std::string open_case(const std::string& file, const std::string& name, std::size_t line, Counts& counts) {
    ++counts.tests;
    return "    <testcase classname=\"" + xml_escaped(file) + "\" name=\"" + xml_escaped(name) + "\" file=\"" +
           xml_escaped(file) + "\"" + (line > 0 ? " line=\"" + std::to_string(line) + "\"" : "") + " time=\"0\"";
  }

  static std::string closed(const std::string& opened, const std::string& inside) {
    return opened + ">" + inside + "</testcase>\n";
  }

  std::string test_case(const std::string& file, const Finding& finding, Counts& counts) const {
    const std::string opened = open_case(file, case_name(finding), finding.begin.line, counts);
    const std::string_view type = severity_name(finding.severity);
    if (finding.not_processed) {
      ++counts.errors;
      return closed(opened, outcome("error", finding.sentence(), finding.rule, details(finding)));
    }
    if (fail_on_ && finding.severity >= *fail_on_) {
      ++counts.failures;
      return closed(opened, outcome("failure", finding.sentence(), type, details(finding)));
    }
    return closed(opened, "<system-out>" + xml_escaped(details(finding)) + "</system-out>");
  }

  static std::string skipped_case(const std::string& file, const Finding& finding, Counts& counts) {
    ++counts.skipped;
    const std::string opened = open_case(file, case_name(finding), finding.begin.line, counts);
    const std::string why = finding.suppression ? finding.suppression->reason : "";
    return closed(opened, "<skipped message=\"" + xml_escaped(why) + "\"/>");
  }

  std::ostream& out_;
  std::optional<Severity> fail_on_;
  Counts total_;
  std::string suites_;
};

}  // namespace

std::unique_ptr<Report> open_junit_report(std::ostream& out, const ReportStyle& style) {
  return std::make_unique<JunitReport>(out, style);
}

}  // namespace dotdiag
