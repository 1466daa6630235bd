#include "linter/catalogue.hpp"

#include "core/policy/rule.hpp"
#include "core/policy/symptom.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

using From = CatalogueEntry::Origin;

/// What the linter says about files and documents, whatever is in them.
struct OwnFinding {
  std::string_view id;
  Severity severity;
  std::string_view summary, why, fix;
};

constexpr OwnFinding own_findings[] = {
    {"annotation-invalid", Severity::error, "a dotdiag.io annotation has a value that means nothing",
     "The webhook injects nothing into a workload whose annotations it does not understand, and says so in a warning "
     "that "
     "is easily missed.",
     "Write one of the values that the message lists."},
    {"baseline-stale", Severity::warning, "the baseline knows of something that is not there any more",
     "What was found once is mended, or the workload is gone. Left there, the entry would hide it when it comes back.",
     "Remove the entry, or write the baseline anew with --write-baseline."},
    {"dotnet-by-sources", Severity::note, "the sources of the image say that it is .NET, and more",
     "A manifest often cannot say what runs in a container. The Dockerfile or the project that its image is built from "
     "can: "
     "version, user, C library, and what the image itself sets are taken from there.",
     "Nothing; where it is the wrong one, say in .dotdiag-lint.yaml (images) what the image is built from."},
    {"duplicate-key", Severity::warning, "a mapping has the same key twice",
     "kubectl takes the last value and drops the others without a word; the API server's strict validation refuses the "
     "object.",
     "Remove the one that is not meant."},
    {"fix-refused", Severity::warning, "a fix could not be proved and was not made",
     "A changed file must read back as exactly the object that was meant, with nothing else changed. Where that cannot "
     "be "
     "shown (an anchor that other objects use, an unusual layout), the file stays as it is.",
     "Write what the finding shows by hand."},
    {"kind-not-sent", Severity::warning, "a workload opted in, but the webhook never sees it",
     "The shipped MutatingWebhookConfiguration sends Deployments, StatefulSets, DaemonSets, CronJobs, Jobs and Argo "
     "Rollouts. Objects of other kinds come out of the API server as they went in.",
     "Write what is missing into the manifest (--fix), or extend the rules of the configuration."},
    {"malformed-pod", Severity::error, "a part of the pod has the wrong type",
     "The API server refuses the object, and nobody can tell what was meant.",
     "Correct the value that the finding points at."},
    {"not-dotnet", Severity::note, "a container is known to be something else than .NET",
     "A dump of a Go program or of a database is not what dotnet-dump makes, and findings about it would be noise. "
     "What says "
     "so is named: a Dockerfile or a project of the repository, or the image, a variable, the command or a port in the "
     "manifest.",
     "Nothing; where it is .NET all the same, say so in .dotdiag-lint.yaml (images), or judge everything with --all."},
    {"not-kubernetes", Severity::note, "the file holds no Kubernetes object",
     "It was named on the command line, so something was expected of it.", "Name another file, or leave this one out."},
    {"parse-error", Severity::error, "the text is neither YAML nor JSON",
     "kubectl cannot read the file either. The other documents and files are judged all the same, and the exit code is "
     "2.",
     "Correct the text at the position of the finding."},
    {"suppression-expired", Severity::warning, "a suppression in the settings file has expired",
     "Whoever wrote it wanted to decide anew on that day. It has no effect any more.",
     "Mend what it hides and remove it, or write a later date."},
    {"suppression-invalid", Severity::warning, "a suppression means nothing",
     "It looks as if it hid something, and hides nothing: a rule of that name does not exist, or the comment cannot be "
     "understood.",
     "Write # dotdiag-lint: ignore[rule] -- reason, or the annotation ignore.dotdiag.io/rule."},
    {"suppression-unused", Severity::warning, "a suppression that nothing needs",
     "What it hid is gone. Left there, it would hide the next one, which nobody has decided about.", "Remove it."},
    {"render-failed", Severity::error, "a chart or a kustomization cannot be rendered",
     "What it would deploy is not known, so nothing of a chart was judged, and of a kustomization its files, one by "
     "one; "
     "the exit code is 2.",
     "Run helm template, or kubectl kustomize, on it and mend what it says; a chart may need values: --values FILE."},
    {"target-container", Severity::warning, "it is a guess which container is to be made diagnosable",
     "None of several containers looks like .NET, so the first one was taken. If that is the wrong one, the "
     "application "
     "stays as it is.",
     "Name it with the annotation dotdiag.io/containers or kubectl.kubernetes.io/default-container."},
    {"unreadable", Severity::error, "the file cannot be read",
     "What was asked for was not judged; that must not look like a success, so the exit code is 2.",
     "Name a file that exists and may be read."},
    {"unrendered-chart", Severity::warning, "a Helm chart was not rendered",
     "Its templates are no manifests yet. Where helm is in PATH, charts are rendered with helm template, without hooks "
     "and "
     "without a network. Where nothing else could be judged, the exit code is 2.",
     "Put helm into PATH, or pipe the output of helm template into dotdiag-lint -."},
    {"unrendered-kustomization", Severity::note, "a kustomization was not built, and its files were judged one by one",
     "What patches and overlays make of the files is then not known.",
     "Put kustomize or kubectl into PATH, or pipe the output of kubectl kustomize into dotdiag-lint -."},
    {"unrendered-template", Severity::warning, "the file is a template",
     "It has {{ }} where YAML has none, as Helm, Jinja and many scripts write it. Before it is rendered nobody knows "
     "what it will be.",
     "Fill it in first. For Helm, pipe the output of helm template into dotdiag-lint -."},
    {"unwritable", Severity::error, "the file cannot be written",
     "The fix was made and could not be saved; the file is as it was, and the exit code is 2.",
     "Make the file and its directory writable."},
};

CatalogueEntry entry_of(const Rule& rule) {
  return {From::rule,
          std::string(rule.id),
          rule.severity,
          std::string(rule.summary),
          std::string(rule.why),
          std::string(rule.fix),
          std::string(rule.source),
          {},
          {}};
}

CatalogueEntry entry_of(const OwnFinding& own) {
  return {From::linter,
          std::string(own.id),
          own.severity,
          std::string(own.summary),
          std::string(own.why),
          std::string(own.fix),
          {},
          {},
          {}};
}

CatalogueEntry entry_of(const Requirement& requirement) {
  return {From::requirement,
          requirement.id,
          requirement.severity,
          requirement.summary,
          requirement.why,
          "Opt in with the annotation dotdiag.io/inject, or run dotdiag-lint --fix.",
          requirement.source,
          {},
          {}};
}

void add_requirements(const PolicySet& policies, std::vector<CatalogueEntry>& entries) {
  for (const Policy& policy : policies.all()) {
    for (const Requirement& requirement : policy.requirements) {
      auto entry = std::find_if(entries.begin(), entries.end(), [&](const CatalogueEntry& one) {
        return one.origin == From::requirement && one.id == requirement.id;
      });
      if (entry == entries.end()) entry = entries.insert(entry, entry_of(requirement));
      entry->severity = std::max(entry->severity, requirement.severity);
      entry->policies.push_back(policy.name);
    }
  }
}

/// How many letters two ids have in common at their start and at their end.
std::size_t likeness(std::string_view left, std::string_view right) {
  const std::size_t shorter = std::min(left.size(), right.size());
  std::size_t start = 0;
  while (start < shorter && left[start] == right[start])
    ++start;
  std::size_t end = 0;
  while (end < shorter - start && left[left.size() - 1 - end] == right[right.size() - 1 - end])
    ++end;
  return start + end;
}

}  // namespace

std::vector<CatalogueEntry> catalogue(const PolicySet& policies) {
  std::vector<CatalogueEntry> entries;
  for (const Rule* rule : rules())
    entries.push_back(entry_of(*rule));
  for (const OwnFinding& own : own_findings)
    entries.push_back(entry_of(own));
  add_requirements(policies, entries);
  for (const Symptom& symptom : symptoms()) {
    for (CatalogueEntry& entry : entries)
      if (std::find(symptom.rules.begin(), symptom.rules.end(), entry.id) != symptom.rules.end())
        entry.messages.emplace_back(symptom.message);
  }
  std::sort(entries.begin(), entries.end(), [](const auto& left, const auto& right) { return left.id < right.id; });
  return entries;
}

std::vector<std::string> similar_ids(const std::vector<CatalogueEntry>& entries, std::string_view id) {
  std::vector<std::string> similar;
  for (const CatalogueEntry& entry : entries) {
    const bool is_part = !id.empty() && entry.id.find(id) != std::string::npos;
    if (is_part || likeness(entry.id, id) + 3 >= std::max(entry.id.size(), id.size())) similar.push_back(entry.id);
  }
  return similar;
}

}  // namespace dotdiag
