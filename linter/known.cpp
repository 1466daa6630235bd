#include "linter/known.hpp"

#include "core/policy/image.hpp"
#include "core/policy/targets.hpp"
#include "linter/place.hpp"

#include <string>
#include <utility>

namespace dotdiag {
namespace {

using Publishing = ImageFacts::Publishing;

Finding note_at(const Document& document, const PodView& pod, const ContainerView& container, std::string rule,
                std::string message) {
  const Workload& workload = pod.workload();
  const Pointer at = container.path / "image";
  Finding finding;
  finding.severity = Severity::note;
  finding.rule = std::move(rule);
  finding.message = std::move(message);
  finding.kind = workload.kind;
  finding.name_space = workload.name_space;
  finding.name = workload.name;
  finding.container = container.name();
  finding.pointer = at.text();
  finding.span = span_of(document, at);
  return finding;
}

/// `: Alpine, user 1654, a single file`; empty where nothing more is known.
std::string what_is_known(const ImageFacts& facts) {
  std::vector<std::string> all;
  if (Image::parse(facts.base).is_alpine()) all.emplace_back("Alpine");
  if (facts.user) all.push_back(*facts.user == 0 ? "root" : "user " + std::to_string(*facts.user));
  if (facts.publishing == Publishing::single_file) all.emplace_back("a single file");
  if (facts.publishing == Publishing::native_aot) all.emplace_back("NativeAOT");
  std::string text;
  for (const std::string& one : all)
    text += (text.empty() ? ": " : ", ") + one;
  return text;
}

/// Knative lets a container be without a name.
std::string subject_of(const ContainerView& container) {
  const std::string name(container.name());
  return name.empty() ? "the unnamed container" : "container `" + name + "`";
}

}  // namespace

bool is_about_dotnet(std::string_view reason) {
  return reason.ends_with(".NET") && !reason.starts_with("without");
}

std::vector<Finding> foreign_containers(const Document& document, const PodView& pod,
                                        const std::vector<Identity>& identities) {
  std::vector<Finding> findings;
  const auto containers = application_containers(pod);
  for (std::size_t index = 0; index < containers.size(); ++index) {
    if (!identities[index].is_foreign()) continue;
    findings.push_back(note_at(document, pod, containers[index], "not-dotnet",
                               subject_of(containers[index]) + " is " + identities[index].language + ", not .NET (" +
                                   identities[index].because + ")"));
    findings.back().remedy = "judge it all the same with --all";
  }
  return findings;
}

std::vector<Finding> known_containers(const Document& document, const PodView& pod,
                                      const std::vector<Identity>& identities) {
  std::vector<Finding> findings;
  const auto containers = application_containers(pod);
  for (std::size_t index = 0; index < containers.size(); ++index) {
    const Identity& known = identities[index];
    if (!known.is_dotnet() || !known.by_sources) continue;
    const std::string version = known.facts.runtime ? " " + known.facts.runtime->text() : "";
    findings.push_back(note_at(document, pod, containers[index], "dotnet-by-sources",
                               subject_of(containers[index]) + " is .NET" + version + " (" + known.because + ")" +
                                   what_is_known(known.facts)));
  }
  return findings;
}

KnownImages known_images(const PodView& pod, const std::vector<Identity>& identities) {
  KnownImages images;
  const auto containers = application_containers(pod);
  for (std::size_t index = 0; index < containers.size(); ++index)
    if (identities[index].is_dotnet() && identities[index].by_sources)
      images.emplace(containers[index].image(), identities[index].facts);
  return images;
}

}  // namespace dotdiag
