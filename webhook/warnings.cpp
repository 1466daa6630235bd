#include "webhook/warnings.hpp"

#include "core/document/utf.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// Without control characters as the API server means them (unicode.IsControl of Go): a warning with one is dropped
/// there. U+0080 to U+009F are some too, in UTF-8 two bytes each.
std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_long = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    result += byte < 0x20 || byte == 0x7F || is_long ? ' ' : text[i];
    if (is_long) ++i;
  }
  return result;
}

/// capabilities.add is one value to whoever compares manifests (`+listType=atomic`), so a list that stands in Git and
/// is longer in the cluster is drift. Lists with keys (env, volumes, volumeMounts) may be extended without anybody
/// noticing.
bool is_drift(const Edit& edit) {
  return edit.path.text().ends_with("/add/-");
}

/// True where a rule says the same about the same container, and more exactly.
bool is_said_by_rule(const Unmet& unmet, const std::vector<Fired>& fired) {
  return std::any_of(fired.begin(), fired.end(), [&](const Fired& one) {
    return one.severity() != Severity::note && one.hazard.instead_of == unmet.requirement &&
           (unmet.container.empty() || one.hazard.container == unmet.container);
  });
}

}  // namespace

std::string admission_warning(std::string_view message, std::string_view remedy, std::string_view id) {
  constexpr std::string_view head = "dotdiag: ";
  constexpr std::size_t shortest_remedy = 16;
  const std::string tail = " [" + std::string(id) + "]";
  const std::size_t room = longest_warning - head.size() - count_characters(tail);
  std::string text = shortened(message, room);
  const std::size_t used = count_characters(text) + 2;
  if (!remedy.empty() && used + shortest_remedy < room) text += ": " + shortened(remedy, room - used);
  return printable(std::string(head) + text + tail);
}

std::vector<std::string> admission_warnings(const Evaluation& evaluation, const std::vector<Fired>& fired) {
  std::vector<std::string> warnings;
  const auto add = [&](std::string_view message, std::string_view remedy, std::string_view id) {
    if (warnings.size() < most_warnings) warnings.push_back(admission_warning(message, remedy, id));
  };
  if (!evaluation.invalid.empty()) add(evaluation.invalid, "nothing was injected", "not-injected");
  for (const Unmet& unmet : evaluation.unmet) {
    if (unmet.is_conflict() && !is_said_by_rule(unmet, fired)) add(unmet.message, unmet.remedy, unmet.requirement);
  }
  for (const Fired& one : fired) {
    const bool is_said = !evaluation.invalid.empty() && one.hazard.instead_of == "malformed-pod";
    if (one.severity() != Severity::note && !is_said) add(one.hazard.message, one.hazard.remedy, one.rule->id);
  }
  for (const Warning& warning : evaluation.warnings)
    add(warning.message, warning.remedy, warning.requirement);
  for (const Unmet& unmet : evaluation.unmet) {
    for (const Edit& edit : unmet.edits) {
      if (!is_drift(edit)) continue;
      add("capabilities.add of `" + unmet.container + "` got " + edit.value.get<std::string>(),
          "add it in Git too, or Argo CD reports drift", unmet.requirement);
    }
  }
  return warnings;
}

}  // namespace dotdiag
