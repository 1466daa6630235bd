#include "linter/run.hpp"

#include "linter/debugger_findings.hpp"
#include "linter/in_order.hpp"
#include "linter/inputs.hpp"

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

/// True where there was nothing to lint: a wrong directory or an empty pipe must not look like a success. A file that
/// was named is something, even if it is empty: pre-commit names whatever changed.
bool is_nothing(const std::vector<Input>& inputs, const Summary& summary) {
  const auto is_named_file = [](const Input& input) { return input.named && input.path != "-"; };
  if (std::any_of(inputs.begin(), inputs.end(), is_named_file)) return false;
  return summary.objects + summary.unreadable + summary.not_judged_total() == 0;
}

}  // namespace

int exit_code(const Summary& summary, const RunSettings& settings) {
  if (summary.unreadable > 0) return 2;
  if (settings.file.fix == Fix::show_diff && summary.changed_files > 0) return 1;
  return settings.fail_on && summary.at_or_above(*settings.fail_on) > 0 ? 1 : 0;
}

int run(const RunSettings& settings, std::ostream& out, std::ostream& err) {
  std::vector<Input> inputs = find_inputs(settings.paths);
  hold_pipes(inputs);
  FileSettings file_settings = settings.file;
  file_settings.lint.context = read_context(settings.surroundings, inputs);
  const auto report = settings.format->open(needs_out_for_text(settings) ? err : out, settings.style);
  Summary summary;
  DebuggerFindings about_debuggers(file_settings.lint.debuggers);
  // What is being written must not stop half-way because nobody reads the report.
  const bool stops_early = settings.file.fix != Fix::write;
  for_each_in_order(
      inputs.size(), settings.jobs, [&](std::size_t index) { return lint_file(inputs[index], file_settings); },
      [&](const FileResult& result) {
        summary.add(result.summary);
        report->file(result.file, result.findings);
        report->workloads(result.file, result.workloads);
        about_debuggers.add(result.about_debuggers);
        out << result.output;
        return !stops_early || out.good();
      });
  about_debuggers.tell(*report, settings.file.min_severity, summary);
  report->finish(summary);
  if (!settings.format->for_machines) err << summary.text() << '\n';
  if (settings.allow_empty || !is_nothing(inputs, summary)) return exit_code(summary, settings);
  err << "dotdiag-lint: nothing to lint: no Kubernetes object was found: check the paths, or use --allow-empty\n";
  return 2;
}

}  // namespace dotdiag
