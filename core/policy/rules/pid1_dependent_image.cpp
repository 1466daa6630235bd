#include "core/policy/image.hpp"
#include "core/policy/rules/measures.hpp"
#include "core/policy/rules/rules.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

/// Programs that refuse to be anything but process 1, and parts of the names of images that start one.
constexpr std::array<std::string_view, 6> init_programs = {"/init",     "/sbin/init",        "/usr/sbin/init",
                                                           "s6-svscan", "s6-overlay-suexec", "systemd"};
constexpr std::array<std::string_view, 2> init_images = {"linuxserver/", "s6-overlay"};

std::string_view file_name(std::string_view path) {
  return path.substr(path.find_last_of('/') + 1);
}

/// The words that the container starts with: `command`, and `args` behind it; where it has neither, its image's, if
/// they are known.
std::vector<std::string_view> start_words(const Subject& subject, const ContainerView& container) {
  std::vector<std::string_view> words;
  for (const char* field : {"command", "args"}) {
    for (const Json& word : items_member(*container.json, field)) {
      if (word.is_string()) words.push_back(word.get_ref<const std::string&>());
    }
  }
  const ImageFacts* facts = subject.facts_of(container);
  if (words.empty() && facts != nullptr) words.assign(facts->start.begin(), facts->start.end());
  return words;
}

bool is_init(std::string_view program) {
  return std::any_of(init_programs.begin(), init_programs.end(), [&](std::string_view init) {
    return init.front() == '/' ? program == init : file_name(program) == init;
  });
}

/// True where `words` start tini without `-s`, with which it does not mind which process it is.
bool is_plain_tini(const std::vector<std::string_view>& words) {
  if (words.empty() || file_name(words.front()) != "tini") return false;
  for (auto word = words.begin() + 1; word != words.end() && word->substr(0, 1) == "-" && *word != "--"; ++word) {
    if (word->find('s') != std::string_view::npos) return false;
  }
  return true;
}

/// What to do: nothing that a policy adds has to be there.
std::string remedy(const std::string& requirement) {
  return requirement.empty() ? "do without shareProcessNamespace" : "skip " + requirement;
}

bool starts_init(const Image& image) {
  return std::any_of(init_images.begin(), init_images.end(),
                     [&](std::string_view part) { return image.name.find(part) != std::string_view::npos; });
}

std::optional<Hazard> judge(const Subject& subject, const ContainerView& container) {
  const auto words = start_words(subject, container);
  const bool has_command = member(*container.json, "command") != nullptr;
  const bool has_args = member(*container.json, "args") != nullptr;
  Hazard hazard;
  hazard.container = std::string(container.name());
  hazard.at = container.path / (has_command ? "command" : has_args ? "args" : "image");
  hazard.instead_of = subject.unmet(container, "process-namespace");
  hazard.rules_out = !hazard.instead_of.empty();
  hazard.remedy = remedy(hazard.instead_of);
  const std::string when = hazard.rules_out ? " once processes are shared" : "";
  if (!words.empty() && is_init(words.front())) {
    hazard.message = std::string(words.front()) + " of " + named(container) +
                     " may insist on being process 1, which is the pod's pause" + when;
  } else if (!has_command && starts_init(Image::parse(container.image()))) {
    hazard.at = container.path / "image";
    hazard.message = "the image of " + named(container) + " starts s6, which insists on being process 1" +
                     (when.empty() ? "" : ", and is not" + when);
  } else if (is_plain_tini(words) && env_value(*container.json, "TINI_SUBREAPER").is_absent()) {
    hazard.message = "tini of " + named(container) + " is not process 1 and reaps nothing";
    hazard.remedy = "start it with -s";
    hazard.severity = Severity::note;
    hazard.instead_of.clear();
    hazard.rules_out = false;
  } else {
    return std::nullopt;
  }
  return hazard;
}

std::vector<Hazard> check(const Subject& subject) {
  if (!shares_processes(subject.pod)) return {};
  std::vector<Hazard> hazards;
  for (const auto* containers : {&subject.pod.containers(), &subject.pod.native_sidecars()}) {
    for (const ContainerView& container : *containers) {
      if (auto hazard = judge(subject, container)) hazards.push_back(*std::move(hazard));
    }
  }
  return hazards;
}

}  // namespace

const Rule pid1_dependent_image{
    "pid1-dependent-image",
    Severity::warning,
    Rule::Scope::pod,
    "a container's init insists on being process 1",
    "With shareProcessNamespace process 1 is the pause container. Init systems such as s6-overlay and systemd do not "
    "start then (\"s6-overlay-suexec: fatal: can only run as pid 1\"), and tini warns \"Tini is not running as PID 1 "
    "and isn't registered as a child subreaper\".",
    "Leave the process namespace alone (dotdiag.io/skip: share-process-namespace) and inject debuggers with a target "
    "container; start tini with -s.",
    "https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/",
    check,
};

}  // namespace dotdiag
