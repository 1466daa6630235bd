#include "patch/choose.hpp"

#include "core/document/pod_view.hpp"
#include "core/document/reader.hpp"
#include "core/policy/opt_in.hpp"
#include "core/policy/words.hpp"

#include <vector>

namespace dotdiag {
namespace {

std::vector<Chosen> candidates(const std::shared_ptr<const Source>& source, const std::string& name,
                               std::vector<Workload>& all) {
  std::vector<Chosen> found;
  read_documents(source, [&](Document document) {
    if (document.error) throw InputError(*document.error);
    std::vector<Workload> matching;
    for (Workload& workload : find_workloads(document.root)) {
      all.push_back(workload);
      const bool is_meant = name.empty() || workload.name == name || workload.name_space + "/" + workload.name == name;
      if (is_meant) matching.push_back(std::move(workload));
    }
    // One that fits needs its document; of more, only their number matters.
    for (std::size_t index = 1; index < matching.size(); ++index)
      found.push_back({{}, matching[index]});
    if (!matching.empty()) found.push_back({std::move(document), std::move(matching.front())});
  });
  return found;
}

/// What there is to choose from, as lines; long lists are cut.
std::string list_of(const std::vector<Workload>& workloads) {
  constexpr std::size_t shown = 50;
  std::string list;
  for (std::size_t index = 0; index < workloads.size() && index < shown; ++index)
    list += "\n  " + describe(workloads[index]);
  if (workloads.size() > shown) list += "\n  and " + std::to_string(workloads.size() - shown) + " more";
  return list;
}

}  // namespace

Chosen choose_workload(const std::shared_ptr<const Source>& source, const std::string& name) {
  std::vector<Workload> all;
  std::vector<Chosen> found = candidates(source, name, all);
  if (found.size() == 1) return std::move(found.front());
  if (all.empty())
    throw InputError(source->name(), {}, "holds no pod", "give it the output of kubectl get pod NAME -o json");
  if (found.empty())
    throw InputError(source->name(), {}, "holds no pod named " + name, "choose with --pod of:" + list_of(all));
  const std::string what = "holds " + std::to_string(found.size()) + " pods" + (name.empty() ? "" : " named " + name);
  throw InputError(source->name(), {}, what,
                   (name.empty() ? "choose with --pod of:" : "choose with --pod NAMESPACE/NAME of:") + list_of(all));
}

const Policy& choose_policy(const PolicySet& policies, const std::string& name, const DebuggerChoices& choices,
                            const Chosen& chosen) {
  const std::optional<DebugMode> mode = choices.mode;
  const auto fits = [&](const Policy& policy) {
    return can_work(policy, choices.debugger, mode.value_or(mode_of(policy)));
  };
  if (!name.empty()) {
    const Policy* policy = policies.find(name);
    if (policy == nullptr)
      throw InputError("--policy", {}, "there is no policy " + name, "choose of " + policies.names());
    if (fits(*policy)) return *policy;
    description_of(*policy, choices.debugger);  // throws where the policy has no such debugger
    throw InputError("--mode", {},
                     "the debugger of policy " + name + " cannot work in mode " + std::string(mode_name(*mode)),
                     "choose another --policy or --mode");
  }
  const std::string_view marker = PodView(chosen.document.root, chosen.workload).annotation(annotation::injected);
  std::vector<std::string_view> candidates = split(marker, ',');
  candidates.push_back(default_policy_name);
  for (const std::string_view candidate : candidates) {
    const Policy* policy = policies.find(candidate);
    if (policy != nullptr && fits(*policy)) return *policy;
  }
  for (const Policy& policy : policies.all()) {
    if ((mode || choices.debugger != DebuggerKind::sdk) && fits(policy)) return policy;
  }
  if (choices.debugger != DebuggerKind::sdk)
    throw InputError("--debugger", {}, "no policy has a debugger `native`",
                     "add the member `native` to one (policies/README.md), or leave --debugger out");
  if (mode)
    throw InputError("--mode", {}, "no policy has a debugger for mode " + std::string(mode_name(*mode)),
                     "choose another --mode");
  throw InputError("--policies", {}, "there is no policy " + std::string(default_policy_name),
                   "choose with --policy of " + policies.names());
}

std::string describe(const Workload& workload) {
  return workload.kind + " " + (workload.name_space.empty() ? "" : workload.name_space + "/") +
         (workload.name.empty() ? "(without a name)" : workload.name);
}

}  // namespace dotdiag
