#include "linter/run.hpp"

#include "core/document/error.hpp"
#include "core/document/printable.hpp"
#include "linter/baseline.hpp"
#include "linter/debugger_findings.hpp"
#include "linter/in_order.hpp"
#include "linter/inputs.hpp"
#include "linter/progress.hpp"
#include "linter/render/render_inputs.hpp"
#include "linter/said_once.hpp"
#include "linter/settings_by_file.hpp"
#include "linter/write_file.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

using Fix = FileSettings::Fix;

bool reads_stdin(const RunSettings& settings) {
  return std::find(settings.paths.begin(), settings.paths.end(), "-") != settings.paths.end();
}

bool needs_out_for_text(const RunSettings& settings) {
  return settings.file.fix == Fix::show_diff || (settings.file.fix == Fix::write && reads_stdin(settings));
}

/// True where standard output is for a program.
bool is_for_machines(const RunSettings& settings) {
  const ReportTarget* target = target_on_output(settings.reports);
  return target != nullptr && target->format->for_machines;
}

/// True where there was nothing that could be judged: a wrong path, an empty pipe or a chart that nobody rendered must
/// not look like a success.
bool is_nothing(const Summary& summary) {
  const bool is_all_unrendered = summary.judged == 0 && summary.not_judged.contains("unrendered chart");
  return is_all_unrendered || summary.objects + summary.unreadable == 0;
}

std::string nothing_to_lint(const Summary& summary) {
  if (summary.not_judged.contains("unrendered chart"))
    return "nothing could be judged: all there is are unrendered charts: put helm into PATH, or use --allow-empty";
  if (summary.not_judged_total() > 0)
    return "nothing could be judged: all there is are unrendered templates: render them first, or use --allow-empty";
  return "nothing to lint: no Kubernetes object was found: check the paths, or use --allow-empty";
}

bool wants(const RunSettings& settings, bool ReportFormat::*what) {
  return std::any_of(settings.reports.begin(), settings.reports.end(),
                     [what](const ReportTarget& target) { return target.format->*what; });
}

std::shared_ptr<const Sources> sources_of(const RunSettings& settings) {
  using Where = Sources::Where;
  if (settings.sources == "none")
    return std::make_shared<const Sources>(Where::nowhere, settings.paths, settings.images);
  if (settings.sources == "auto")
    return std::make_shared<const Sources>(Where::around, settings.paths, settings.images);
  return std::make_shared<const Sources>(Where::directory, std::vector<std::string>{settings.sources}, settings.images);
}

/// What the reports that are asked for need to be told, and where sources are.
RunSettings for_run(RunSettings settings) {
  settings.file.show_fixes = wants(settings, &ReportFormat::shows_fixes);
  settings.file.blocks = settings.style.snippets && wants(settings, &ReportFormat::shows_blocks);
  using Ways = LintSettings::Ways;
  if (settings.file.blocks) settings.file.lint.ways = Ways::unprepared;
  if (wants(settings, &ReportFormat::shows_workloads)) settings.file.lint.ways = Ways::all;
  settings.file.lint.sources = sources_of(settings);
  return settings;
}

std::vector<Input> inputs_of(const RunSettings& settings) {
  std::vector<Input> inputs = find_inputs(settings.paths, settings.exclusions);
  hold_pipes(inputs);
  return render_inputs(std::move(inputs), settings.render, settings.jobs, settings.file.fix != Fix::no);
}

/// One run, from the inputs to the exit code.
class Run {
 public:
  Run(const RunSettings& settings, std::ostream& out, std::ostream& err)
      : settings_(for_run(settings)),
        out_(out),
        err_(err),
        inputs_(inputs_of(settings_)),
        settings_by_file_(settings_, inputs_),
        reports_(settings_.reports, needs_out_for_text(settings_) ? err : out, settings_.style),
        about_debuggers_(settings_.file.lint.debuggers) {
    if (!settings_.baseline.empty() && settings_.new_baseline.empty()) baseline_.emplace(settings_.baseline, inputs_);
    if (settings_.new_baseline.empty()) return;
    check_place_for(settings_.new_baseline);
    new_baseline_.emplace(settings_.new_baseline);
  }

  int run() {
    // What is being written must not stop half-way because nobody reads the report.
    const bool stops_early = settings_.file.fix != Fix::write;
    FilesDone progress(settings_.progress ? &err_ : nullptr, inputs_.size());
    for_each_in_order(
        inputs_.size(), settings_.jobs,
        [&](std::size_t index) { return lint_file(inputs_[index], settings_by_file_.of(inputs_[index])); },
        [&](FileResult result) {
          progress.step();
          if (has_something_to_say(result)) progress.clear();
          take(std::move(result));
          return !stops_early || out_.good();
        });
    progress.clear();
    about_debuggers_.tell(reports_, settings_.file.min_severity, summary_);
    for (FileReport& report : settings_by_file_.complaints())
      tell_about_settings(std::move(report));
    if (baseline_ && settings_.file.lint.selection.has("baseline-stale")) tell_about_settings(baseline_->stale());
    reports_.finish(summary_);
    return finish();
  }

 private:
  static bool has_something_to_say(const FileResult& result) {
    return !result.report.findings.empty() || !result.output.empty();
  }

  /// What is rendered comes from several files.
  void take(FileResult result) {
    if (!result.is_rendered) return take_file(std::move(result));
    for (FileResult& part : said_once_.parts(std::move(result), settings_.file.min_severity))
      take_file(std::move(part));
  }

  void take_file(FileResult result) {
    summary_.add(result.summary);
    if (baseline_) baseline_->take(result.report, summary_);
    if (new_baseline_) new_baseline_->take(result.report, summary_);
    reports_.file(result.report);
    about_debuggers_.add(result.about_debuggers);
    out_ << result.output;
  }

  /// Of a file that was not among the inputs.
  void tell_about_settings(FileReport report) {
    if (report.findings.empty()) return;
    for (const Finding& finding : report.findings)
      summary_.count(finding.severity);
    summary_.hidden +=
        std::erase_if(report.findings, [&](const Finding& one) { return one.severity < settings_.file.min_severity; });
    reports_.file(report);
  }

  int finish() {
    const bool is_written = reports_.write_files(err_);
    for (const auto& [root, why] : settings_.file.lint.sources->incomplete())
      err_ << "dotdiag-lint: " << printable(root) << ": not all sources were read, because " << why
           << ": name a smaller directory with --sources\n";
    if (!is_for_machines(settings_)) err_ << summary_.text() << '\n';
    if (!is_written || !write_baseline()) return 2;
    if (settings_.allow_empty || !is_nothing(summary_)) return exit_code(summary_, settings_);
    err_ << "dotdiag-lint: " << nothing_to_lint(summary_) << '\n';
    return 2;
  }

  bool write_baseline() {
    if (!new_baseline_) return true;
    try {
      put_file(settings_.new_baseline, new_baseline_->text());
    } catch (const InputError& error) {
      err_ << "dotdiag-lint: " << error.what() << '\n';
      return false;
    }
    err_ << "dotdiag-lint: " << count_of(new_baseline_->size(), "finding") << " written to " << settings_.new_baseline
         << '\n';
    return true;
  }

  const RunSettings settings_;
  std::ostream& out_;
  std::ostream& err_;
  const std::vector<Input> inputs_;
  SettingsByFile settings_by_file_;
  Reports reports_;
  DebuggerFindings about_debuggers_;
  std::optional<Baseline> baseline_;
  std::optional<NewBaseline> new_baseline_;
  SaidOnce said_once_;
  Summary summary_;
};

}  // namespace

int exit_code(const Summary& summary, const RunSettings& settings) {
  if (summary.unreadable > 0) return 2;
  if (settings.fail_on_fix && summary.fixed > 0) return 1;
  if (settings.file.fix == Fix::show_diff && summary.changed_files > 0) return 1;
  return settings.fail_on && summary.at_or_above(*settings.fail_on) > 0 ? 1 : 0;
}

int run(const RunSettings& given, std::ostream& out, std::ostream& err) {
  return Run(given, out, err).run();
}

}  // namespace dotdiag
