#include "linter/lint_file.hpp"

#include "core/document/reader.hpp"
#include "core/edit/yaml_patch.hpp"
#include "linter/diff.hpp"
#include "linter/fix.hpp"
#include "linter/helm.hpp"
#include "linter/place.hpp"
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
  return file_finding(Severity::warning, "unrendered-template", "an unrendered Helm template cannot be judged",
                      "pipe the output of helm template into dotdiag-lint -");
}

Finding not_kubernetes_finding(std::string message) {
  return file_finding(Severity::note, "not-kubernetes", std::move(message), "");
}

/// The way of one file through the linter.
class FileLint {
 public:
  FileLint(const Input& input, const FileSettings& settings) : input_(input), settings_(settings) {
    result_.file = input.path == "-" ? settings.stdin_name : input.path;
    result_.summary.files = 1;
  }

  FileResult run() {
    if (std::string bytes; read(bytes) && decode(std::move(bytes))) {
      lint();
      place(*source_, result_.findings);
      place_blocks();
    }
    finish();
    return std::move(result_);
  }

 private:
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
    try {
      source_ = std::make_shared<const Source>(result_.file, std::move(bytes));
      return true;
    } catch (const InputError& error) {
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
      LintedDocument linted = lint_document(document, settings_.lint, result_.summary);
      if (input_.named && !is_kubernetes_object(document.root)) note_other(document);
      if (settings_.fix == FileSettings::Fix::no) {
        rewrite.foretell(document, linted);
      } else {
        rewrite.fix(document, linted);
      }
      if (settings_.blocks) show_blocks(document, linted, rewrite);
      take(std::move(linted.findings));
      for (JudgedWorkload& workload : linted.workloads) {
        take(std::move(workload.findings));
        if (settings_.lint.ways == LintSettings::Ways::all) result_.workloads.push_back(std::move(workload.report));
        std::move(workload.about_debuggers.begin(), workload.about_debuggers.end(),
                  std::back_inserter(result_.about_debuggers));
      }
    });
    if (input_.named && is_empty()) take({not_kubernetes_finding("the file holds no document")});
    if (!rewrite.mended().empty()) use(rewrite);
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
    if (is_other_json()) {
      ++result_.summary.other_documents;
      return;
    }
    Finding finding = error_finding("parse-error", *document.error);
    finding.span = span;
    cannot_process(std::move(finding));
  }

  /// A directory holds JSON of all sorts; appsettings.json, which every .NET project has, may even have comments.
  bool is_other_json() const {
    return !input_.named && input_.path.ends_with(".json") &&
           source_->text().find("apiVersion") == std::string_view::npos;
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
      result_.output = unified_diff(result_.file, before, after);
    } else if (input_.path == "-") {
      result_.output = after;
    } else if (!write(after)) {
      return give_up(rewrite, "the file cannot be written");
    }
    result_.summary.fixed = rewrite.mended().size();
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
        result_.findings.push_back(std::move(finding));
      }
    }
  }

  void finish() {
    if (!is_complete_) result_.summary.fixable = 0;
    for (Finding& finding : result_.findings) {
      finding.file = result_.file;
      finding.fixable = finding.fixable && is_complete_;
    }
  }

  const Input& input_;
  const FileSettings& settings_;
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
