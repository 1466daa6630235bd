#include "linter/report.hpp"

#include <algorithm>

namespace dotdiag {

const std::vector<ReportFormat>& report_formats() {
  static const std::vector<ReportFormat> formats = {
      {.name = "text", .shows_blocks = true, .open = open_text_report},
      {.name = "concise", .open = open_concise_report},
      {.name = "json", .for_machines = true, .shows_fixes = true, .shows_workloads = true, .open = open_json_report},
      {.name = "json-lines",
       .for_machines = true,
       .shows_fixes = true,
       .shows_workloads = true,
       .open = open_json_lines_report},
      {.name = "sarif", .for_machines = true, .shows_fixes = true, .open = open_sarif_report},
      {.name = "junit", .for_machines = true, .open = open_junit_report},
      {.name = "github", .for_machines = true, .open = open_github_report},
      {.name = "gitlab", .for_machines = true, .open = open_gitlab_report},
      {.name = "checkstyle", .for_machines = true, .open = open_checkstyle_report},
      {.name = "rdjson", .for_machines = true, .shows_fixes = true, .open = open_rdjson_report},
      {.name = "html", .for_machines = true, .shows_fixes = true, .shows_workloads = true, .open = open_html_report},
  };
  return formats;
}

const ReportFormat* find_report_format(std::string_view name) {
  const auto& formats = report_formats();
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const ReportFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace dotdiag
