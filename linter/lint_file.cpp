#include "linter/lint_file.hpp"

#include "core/document/reader.hpp"
#include "core/edit/yaml_patch.hpp"
#include "linter/diff.hpp"
#include "linter/fix.hpp"
#include "linter/helm.hpp"
#include "linter/place.hpp"
#include "linter/render/tell_rendered.hpp"
#include "linter/render/trace_back.hpp"
#include "linter/write_file.hpp"

#include <algorithm>
#include <iterator>

namespace dotdiag {
namespace {

Finding file_finding(Severity severity, std::string rule, std::string message, std::string remedy) {
  Finding finding;
  finding.severity = severity;
  finding.rule = std::move(rule);
  finding.message = std::move(message);
  finding.remedy = std::move(remedy);
  return finding;
}

Finding error_finding(std::string rule, const InputError& error) {
  return file_finding(Severity::error, std::move(rule), error.problem(), error.remedy());
}

Finding template_finding() {
  return file_finding(Severity::warning, "unrendered-template", "an unrendered template cannot be judged",
                      "fill in what stands in {{ }}; for Helm, pipe the output of helm template into dotdiag-lint -");
}

Finding not_kubernetes_finding(std::string message) {
  return file_finding(Severity::note, "not-kubernetes", std::move(message), "");
}

/// What is known of `judged`, which has a report, and how it stands with what it was held against.
WorkloadReport report_of(const JudgedWorkload& judged) {
  WorkloadReport report = *judged.report;
  for (const Policy* policy : judged.policies)
    for (const Requirement& requirement : policy->requirements)
      report.requirements[requirement.id];
  const auto standing_of = [&](const Finding& finding) {
    const auto found = report.requirements.find(finding.requirement.empty() ? finding.rule : finding.requirement);
    return found == report.requirements.end() ? nullptr : &found->second;
  };
  for (const Finding& finding : judged.findings)
    if (auto* standing = standing_of(finding))
      standing->worst = standing->worst ? std::max(*standing->worst, finding.severity) : finding.severity;
  for (const Finding& finding : judged.suppressed)
    if (auto* standing = standing_of(finding)) standing->is_suppressed = true;
  return report;
}

/// The way of one file through the linter.
class FileLint {
 public:
  FileLint(const Input& input, const FileSettings& settings) : input_(input), settings_(settings) {
    result_.report.file = input.path == "-" ? settings.stdin_name : input.path;
    result_.summary.files = 1;
    const auto ignored = rules_ignored_in(result_.report.file, settings.per_file_ignores, settings.config_directory);
    if (ignored.empty()) return;
    own_settings_ = settings.lint;
    own_settings_->selection = settings.lint.selection.without(ignored);
  }

  FileResult run() {
    if (input_.rendered != nullptr) {
      lint_rendered();
      return std::move(result_);
    }
    if (std::string bytes; read(bytes) && decode(std::move(bytes))) {
      lint();
      place(*source_, result_.report.findings);
      place(*source_, result_.report.suppressed);
      place_blocks();
    }
    finish();
    return std::move(result_);
  }

 private:
  const LintSettings& lint_settings() const { return own_settings_ ? *own_settings_ : settings_.lint; }

  /// What a chart or a kustomization renders to: judged like a file, placed where it came from, never mended.
  void lint_rendered() {
    const Rendered& rendered = *input_.rendered;
    result_.is_rendered = true;
    tell_rendered(rendered, result_.summary, result_.report.findings);
    if (rendered.outcome == Rendered::Outcome::rendered && decode(*input_.bytes)) {
      TraceBack origins(rendered);
      read_documents(source_, [&](Document document) { lint_rendered(document, rendered, origins); });
    }
    // Those below the severity that is shown are taken out by the run, once it knows which are said twice.
    for (const Finding& finding : result_.report.findings)
      result_.summary.count(finding.severity);
    result_.summary.suppressed = result_.report.suppressed.size();
  }

  void lint_rendered(const Document& document, const Rendered& rendered, TraceBack& origins) {
    std::vector<Finding> findings, suppressed;
    if (document.error) {
      ++result_.summary.unreadable;
      findings.push_back(error_finding("parse-error", *document.error));
      findings.back().not_processed = true;
      findings.back().span = span_at(*source_, document.error->at());
    } else {
      LintedDocument linted = lint_document(document, lint_settings(), result_.summary);
      if (settings_.fix != FileSettings::Fix::no) tell_by_hand(document, rendered, linted);
      if (settings_.lint.ways == LintSettings::Ways::all) report_workloads(linted);
      if (settings_.blocks) place_blocks(document, linted, origins);
      findings = take_rendered(rendered, linted, suppressed, result_.about_debuggers);
    }
    origins.place(document, findings);
    origins.place(document, suppressed);
    FileReport& report = result_.report;
    std::move(findings.begin(), findings.end(), std::back_inserter(report.findings));
    std::move(suppressed.begin(), suppressed.end(), std::back_inserter(report.suppressed));
  }

  /// Lines of the rendered text are nobody's: the chart stands for all of it.
  void report_workloads(const LintedDocument& linted) {
    for (const JudgedWorkload& workload : linted.workloads) {
      if (!workload.report) continue;
      result_.report.workloads.push_back(report_of(workload));
      result_.report.workloads.back().line = 1;
    }
  }

  static void place_blocks(const Document& document, const LintedDocument& linted, TraceBack& origins) {
    for (const JudgedWorkload& workload : linted.workloads) {
      for (const auto& diagnosis : workload.diagnoses) {
        std::vector<Finding> place{std::move(diagnosis->place)};
        origins.place(document, place);
        diagnosis->place = std::move(place.front());
      }
    }
  }

  bool read(std::string& bytes) {
    if (!input_.problem.empty()) {
      cannot_process(
          file_finding(Severity::error, "unreadable", "cannot be read: " + input_.problem, "name a file that exists"));
      return false;
    }
    try {
      bytes = read_bytes(input_);
    } catch (const InputError& error) {
      cannot_process(error_finding("unreadable", error));
      return false;
    }
    if (input_.path == "-") result_.output = settings_.fix == FileSettings::Fix::write ? bytes : "";
    return true;
  }

  bool decode(std::string bytes) {
    const bool is_other = is_unlikely(bytes);
    try {
      source_ = std::make_shared<const Source>(result_.report.file, std::move(bytes));
      return true;
    } catch (const InputError& error) {
      if (is_other) {
        ++result_.summary.other_documents;
        return false;
      }
      Finding finding = error_finding("parse-error", error);
      finding.begin = finding.end = error.at();
      cannot_process(std::move(finding));
      return false;
    }
  }

  void lint() {
    const std::size_t action = find_template_action(source_->text());
    if (input_.in_chart && action != npos) return found_template(Span{action, action + 2});
    Rewrite rewrite(source_);
    read_documents(source_, [&](Document document) {
      if (document.error) return unreadable_document(document);
      LintedDocument linted = lint_document(document, lint_settings(), result_.summary);
      if (input_.named && !is_kubernetes_object(document.root)) note_other(document);
      if (settings_.fix == FileSettings::Fix::no) {
        rewrite.foretell(document, linted);
        if (settings_.show_fixes) rewrite.show_fixes(document, linted);
      } else {
        rewrite.fix(document, linted);
      }
      if (const auto origin = source_template(document); !origin.empty()) name_origin(std::string(origin), linted);
      if (settings_.blocks) show_blocks(document, linted, rewrite);
      take(std::move(linted.findings));
      take_suppressed(std::move(linted.suppressed));
      for (JudgedWorkload& workload : linted.workloads) {
        if (settings_.lint.ways == LintSettings::Ways::all && workload.report)
          result_.report.workloads.push_back(report_of(workload));
        take(std::move(workload.findings));
        take_suppressed(std::move(workload.suppressed));
        std::move(workload.about_debuggers.begin(), workload.about_debuggers.end(),
                  std::back_inserter(result_.about_debuggers));
      }
    });
    if (input_.named && is_empty()) take({not_kubernetes_finding("the file holds no document")});
    if (!rewrite.mended().empty()) use(rewrite);
  }

  static void name_origin(const std::string& origin, LintedDocument& linted) {
    const auto name_in = [&](std::vector<Finding>& findings) {
      for (Finding& finding : findings)
        finding.origin = origin;
    };
    name_in(linted.findings);
    name_in(linted.suppressed);
    for (JudgedWorkload& workload : linted.workloads) {
      name_in(workload.findings);
      name_in(workload.suppressed);
      for (const auto& diagnosis : workload.diagnoses)
        diagnosis->place.origin = origin;
    }
  }

  void show_blocks(const Document& document, LintedDocument& linted, Rewrite& rewrite) {
    for (JudgedWorkload& workload : linted.workloads) {
      if (workload.diagnoses.empty()) continue;
      if (settings_.fix == FileSettings::Fix::no) workload.diagnoses.back()->fix = rewrite.preview(document, workload);
      std::move(workload.diagnoses.begin(), workload.diagnoses.end(), std::back_inserter(diagnoses_));
    }
  }

  /// Finds out where the blocks stand, as place() does for findings.
  void place_blocks() {
    std::stable_sort(diagnoses_.begin(), diagnoses_.end(), [](const auto& left, const auto& right) {
      return left->place.span->begin < right->place.span->begin;
    });
    std::vector<Finding> places;
    for (const auto& diagnosis : diagnoses_)
      places.push_back(diagnosis->place);
    place(*source_, places);
    for (std::size_t index = 0; index < places.size(); ++index)
      diagnoses_[index]->place = std::move(places[index]);
  }

  bool is_empty() const {
    const Summary& summary = result_.summary;
    return summary.objects + summary.other_documents + summary.unreadable + summary.not_judged_total() == 0;
  }

  void unreadable_document(const Document& document) {
    is_complete_ = false;
    const std::optional<Span> span = span_at(*source_, document.error->at());
    if (fails_at_template_action(document)) return found_template(span);
    if (is_unlikely(source_->text())) {
      ++result_.summary.other_documents;
      return;
    }
    Finding finding = error_finding("parse-error", *document.error);
    finding.span = span;
    cannot_process(std::move(finding));
  }

  /// A directory holds JSON and YAML of all sorts. appsettings.json, which every .NET project has, may have comments;
  /// mkdocs.yml and pipelines have tags and templates of their own. What names no Kubernetes kind is none of ours.
  bool is_unlikely(std::string_view text) const {
    return !input_.named && (text.find("apiVersion") == npos || text.find("kind") == npos);
  }

  /// A template is many documents that fail, and one thing to say.
  void found_template(std::optional<Span> span) {
    if (std::exchange(is_template_, true)) return;
    ++result_.summary.not_judged["unrendered template"];
    Finding finding = template_finding();
    finding.span = span;
    take({std::move(finding)});
  }

  void note_other(const Document& document) {
    Finding finding = not_kubernetes_finding("not a Kubernetes object: apiVersion or kind is missing");
    finding.span = span_of(document, {});
    take({std::move(finding)});
  }

  /// Writes what was mended; where that is not possible, the findings stay.
  void use(const Rewrite& rewrite) {
    if (!is_complete_) return give_up(rewrite, "a part of this file cannot be read");
    const std::string before = encode_like(*source_, source_->text());
    const std::string after = encode_like(*source_, rewrite.text());
    if (settings_.fix == FileSettings::Fix::show_diff) {
      result_.output = unified_diff(result_.report.file, before, after);
    } else if (input_.path == "-") {
      result_.output = after;
    } else if (!write(after)) {
      return give_up(rewrite, "the file cannot be written");
    }
    result_.summary.fixed = rewrite.mended().size();
    result_.summary.proved_by_one = rewrite.proved_by_one();
    result_.summary.changed_files = 1;
  }

  bool write(const std::string& bytes) {
    try {
      replace_file(input_.path, bytes);
      return true;
    } catch (const InputError& error) {
      cannot_process(error_finding("unwritable", error));
      return false;
    }
  }

  void give_up(const Rewrite& rewrite, const std::string& why) {
    JudgedWorkload all;
    all.findings = rewrite.mended();
    refuse_fix(all, why, {});
    take(std::move(all.findings));
  }

  void cannot_process(Finding finding) {
    ++result_.summary.unreadable;
    finding.not_processed = true;
    take({std::move(finding)});
  }

  /// Counts all, and keeps those that are shown: of a large file most may be hidden.
  void take(std::vector<Finding> findings) {
    Summary& summary = result_.summary;
    for (Finding& finding : findings) {
      summary.count(finding.severity);
      summary.fixable += finding.fixable;
      summary.unsafely_fixable += finding.unsafely_fixable;
      if (finding.severity < settings_.min_severity) {
        ++summary.hidden;
      } else {
        result_.report.findings.push_back(std::move(finding));
      }
    }
  }

  void take_suppressed(std::vector<Finding> findings) {
    result_.summary.suppressed += findings.size();
    std::move(findings.begin(), findings.end(), std::back_inserter(result_.report.suppressed));
  }

  void finish() {
    if (!is_complete_) result_.summary.fixable = 0;
    for (Finding& finding : result_.report.findings) {
      finding.file = result_.report.file;
      finding.fixable = finding.fixable && is_complete_;
    }
  }

  const Input& input_;
  const FileSettings& settings_;
  std::optional<LintSettings> own_settings_;  // where they are not those of all files
  FileResult result_;
  std::shared_ptr<const Source> source_;
  std::vector<std::shared_ptr<Diagnosis>> diagnoses_;
  bool is_complete_ = true;  // every document could be read; others are not written back, for want of proof
  bool is_template_ = false;
};

}  // namespace

FileResult lint_file(const Input& input, const FileSettings& settings) {
  return FileLint(input, settings).run();
}

}  // namespace dotdiag
