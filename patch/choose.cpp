#include "patch/choose.hpp"

#include "core/document/pod_view.hpp"
#include "core/document/reader.hpp"
#include "core/policy/opt_in.hpp"

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
      if (name.empty() || workload.name == name) matching.push_back(std::move(workload));
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
                   (name.empty() ? "choose with --pod of:" : "give it only one of:") + list_of(all));
}

const Policy& choose_policy(const PolicySet& policies, const std::string& name, const Chosen& chosen) {
  const std::string_view marker = PodView(chosen.document.root, chosen.workload).annotation(annotation::injected);
  if (!name.empty()) {
    if (const Policy* policy = policies.find(name)) return *policy;
    throw InputError("--policy", {}, "there is no policy " + name, "choose of " + policies.names());
  }
  if (const Policy* policy = policies.find(marker)) return *policy;
  if (const Policy* policy = policies.find(default_policy_name)) return *policy;
  throw InputError("--policies", {}, "there is no policy " + std::string(default_policy_name),
                   "choose with --policy of " + policies.names());
}

std::string describe(const Workload& workload) {
  return workload.kind + " " + (workload.name_space.empty() ? "" : workload.name_space + "/") +
         (workload.name.empty() ? "(without a name)" : workload.name);
}

}  // namespace dotdiag
