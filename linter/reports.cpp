#include "linter/reports.hpp"

#include "core/document/error.hpp"
#include "core/policy/words.hpp"
#include "linter/write_file.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const ReportFormat& format : report_formats())
    names.push_back(format.name);
  return names;
}

}  // namespace

ReportTarget report_target(std::string_view word) {
  const std::size_t equals = word.find('=');
  const std::string_view name = word.substr(0, equals);
  const ReportFormat* format = find_report_format(name);
  if (format == nullptr)
    throw InputError("--format", {}, "there is no format " + std::string(name), "choose of " + joined(format_names()));
  if (equals == std::string_view::npos) return {format};
  if (equals + 1 == word.size())
    throw InputError("--format", {}, "no file behind " + std::string(word),
                     "write it as " + std::string(word) + "FILE");
  return {format, std::string(word.substr(equals + 1))};
}

ReportTarget usual_target(const std::function<std::string(std::string_view)>& variable) {
  const bool is_github = variable("GITHUB_ACTIONS") == "true" && !variable("GITHUB_WORKSPACE").empty();
  return {find_report_format(is_github ? "github" : "text")};
}

const ReportTarget* target_on_output(const std::vector<ReportTarget>& targets) {
  const auto found =
      std::find_if(targets.begin(), targets.end(), [](const ReportTarget& target) { return target.file.empty(); });
  return found == targets.end() ? nullptr : &*found;
}

Reports::Reports(const std::vector<ReportTarget>& targets, std::ostream& out, const ReportStyle& style) {
  ReportStyle plain = style;
  plain.color = false;
  for (const ReportTarget& target : targets) {
    if (target.file.empty()) {
      reports_.push_back(target.format->open(out, style));
      continue;
    }
    check_place_for(target.file);
    files_.push_back({target.file, std::make_unique<std::ostringstream>()});
    reports_.push_back(target.format->open(*files_.back().text, plain));
  }
}

void Reports::file(const FileReport& report) {
  for (const auto& one : reports_)
    one->file(report);
}

void Reports::finish(const Summary& summary) {
  for (const auto& one : reports_)
    one->finish(summary);
}

bool Reports::write_files(std::ostream& err) const {
  bool all = true;
  for (const InFile& file : files_) {
    try {
      put_file(file.name, file.text->str());
    } catch (const InputError& error) {
      err << "dotdiag-lint: " << error.what() << '\n';
      all = false;
    }
  }
  return all;
}

}  // namespace dotdiag
