#include "core/policy/windows.hpp"

#include "core/document/child.hpp"
#include "core/policy/image.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace dotdiag {
namespace {

constexpr std::array<std::string_view, 2> system_labels = {"kubernetes.io/os", "beta.kubernetes.io/os"};

/// The label that the kubelet gives to Windows nodes alone: their build.
constexpr std::string_view build_label = "node.kubernetes.io/windows-build";

constexpr std::string_view terms_path =
    "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";

/// A place that speaks of a system, and whether that is Windows.
struct Word {
  Pointer at;
  bool is_windows;
};

std::optional<Word> word_of_pod(const PodView& pod) {
  const Json* name = descend(pod.spec(), "/os/name");
  if (name == nullptr || !name->is_string()) return std::nullopt;
  return Word{pod.spec_path() / "os" / "name", *name == "windows"};
}

std::optional<Word> word_of_selector(const PodView& pod) {
  const Json* selector = member(pod.spec(), "nodeSelector");
  if (selector == nullptr) return std::nullopt;
  const Pointer at = pod.spec_path() / "nodeSelector";
  for (const auto label : system_labels) {
    if (const auto value = text_member(*selector, label); !value.empty()) return Word{at / label, value == "windows"};
  }
  if (member(*selector, build_label) == nullptr) return std::nullopt;
  return Word{at / build_label, true};
}

/// True where only Windows nodes fit. Linux is the only other system that a kubelet runs on.
bool wants_windows(const Json& expression) {
  const auto key = text_member(expression, "key");
  const auto how = text_member(expression, "operator");
  if (key == build_label) return how == "In" || how == "Exists";
  if (std::find(system_labels.begin(), system_labels.end(), key) == system_labels.end()) return false;
  const auto& values = items_member(expression, "values");
  if (how == "NotIn") return std::find(values.begin(), values.end(), "linux") != values.end();
  return how == "In" && !values.empty() &&
         std::all_of(values.begin(), values.end(), [](const Json& value) { return value == "windows"; });
}

/// One of several terms is enough for the scheduler, so that all of them have to want Windows.
std::optional<Word> word_of_affinity(const PodView& pod) {
  const Json* terms = descend(pod.spec(), terms_path);
  if (terms == nullptr || !terms->is_array() || terms->empty()) return std::nullopt;
  const bool is_windows = std::all_of(terms->begin(), terms->end(), [](const Json& term) {
    const auto& expressions = items_member(term, "matchExpressions");
    return std::any_of(expressions.begin(), expressions.end(), wants_windows);
  });
  if (!is_windows) return std::nullopt;
  return Word{pod.spec_path() / Pointer::parse(terms_path), true};
}

std::optional<Word> word_of_options(const PodView& pod, const ContainerView* container) {
  const Json& holder = container == nullptr ? pod.spec() : *container->json;
  const Json* options = descend(holder, "/securityContext/windowsOptions");
  if (options == nullptr || !options->is_object()) return std::nullopt;
  return Word{(container == nullptr ? pod.spec_path() : container->path) / "securityContext" / "windowsOptions", true};
}

std::optional<Word> word_of_containers(const PodView& pod) {
  for (const auto* containers : {&pod.containers(), &pod.native_sidecars(), &pod.init_containers()}) {
    for (const ContainerView& container : *containers) {
      if (auto word = word_of_options(pod, &container)) return word;
      if (Image::parse(container.image()).is_windows()) return Word{container.path / "image", true};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Pointer> windows_mark(const PodView& pod) {
  auto word = word_of_pod(pod);
  if (!word) word = word_of_selector(pod);
  if (!word) word = word_of_affinity(pod);
  if (!word) word = word_of_options(pod, nullptr);
  if (!word) word = word_of_containers(pod);
  return word && word->is_windows ? std::optional(std::move(word->at)) : std::nullopt;
}

}  // namespace dotdiag
