#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"

#include <unordered_map>
#include <utility>

namespace dotdiag {
namespace {

/// A variable that a later one of the same name hides.
struct Hidden {
  std::size_t index;
  std::size_t by;
};

/// Calls `use` with each name in `$(NAME)`, which the kubelet replaces by the value as it is so far. `$$` is a dollar.
template <typename Use>
void for_each_reference(std::string_view value, Use use) {
  for (auto at = value.find('$'); at != std::string_view::npos && at + 1 < value.size(); at = value.find('$', at)) {
    if (value[at + 1] != '(') {
      at += value[at + 1] == '$' ? 2 : 1;
      continue;
    }
    const auto close = value.find(')', at);
    if (close == std::string_view::npos) return;
    use(value.substr(at + 2, close - at - 2));
    at = close + 1;
  }
}

/// The hidden variables of a container. One whose value is referred to before it is hidden has its use:
/// PATH=$(PATH):/tools.
std::vector<Hidden> hidden_variables(const Json& container) {
  std::vector<Hidden> hidden;
  std::unordered_map<std::string_view, std::size_t> unused;
  std::size_t index = 0;
  for (const Json& variable : items_member(container, "env")) {
    for_each_reference(text_member(variable, "value"), [&](std::string_view name) { unused.erase(name); });
    const auto name = text_member(variable, "name");
    const auto [earlier, is_new] = unused.try_emplace(name, index);
    if (!is_new && !name.empty()) hidden.push_back({std::exchange(earlier->second, index), index});
    ++index;
  }
  return hidden;
}

/// Removes all hidden variables, the last one first: one fix, because each on its own would move the places of others.
Edits without(const std::vector<Hidden>& hidden, const Pointer& list) {
  std::vector<std::size_t> indexes;
  for (const Hidden& one : hidden)
    indexes.push_back(one.index);
  std::sort(indexes.rbegin(), indexes.rend());
  Edits edits;
  for (const std::size_t index : indexes)
    edits.push_back(removed(list / index));
  return edits;
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    const auto hidden = hidden_variables(*target.json);
    const auto& variables = items_member(*target.json, "env");
    const std::size_t first = hazards.size();
    for (const Hidden& one : hidden) {
      Hazard hazard = hazard_at(target, one.index,
                                std::string(text_member(variables[one.index], "name")) + " in " + named(target) +
                                    " has no effect: it is set again further down",
                                "keep one of them");
      if (variables[one.index] == variables[one.by]) hazard.severity = Severity::note;
      hazards.push_back(std::move(hazard));
    }
    if (!hidden.empty()) hazards[first].fix = without(hidden, target.path / "env");
  }
  return hazards;
}

}  // namespace

const Rule env_duplicate_name{
    "env-duplicate-name",
    Severity::warning,
    Rule::Scope::pod,
    "a variable is set twice in one container",
    "Of variables with the same name the last one counts, and nobody is told: a DOTNET_EnableDiagnostics=1 "
    "further up has no effect. kubectl apply merges the list by name and may lose one; the API server answers "
    "\"hides previous definition of ..., which may be dropped when using apply\".",
    "Keep the one that is meant, and remove the other.",
    "https://github.com/kubernetes/kubernetes/blob/master/pkg/api/pod/warnings.go",
    check,
};

}  // namespace dotdiag
