#include "patch/run.hpp"

#include "core/document/reader.hpp"
#include "patch/choose.hpp"
#include "patch/explain.hpp"
#include "patch/planning.hpp"

#include <optional>

namespace dotdiag {

int run(const PatchSettings& settings, std::ostream& out, std::ostream& err) {
  std::optional<PolicySet> own_policies;
  if (!settings.policies_directory.empty()) own_policies = PolicySet::from_directory(settings.policies_directory);
  const PolicySet& policies = own_policies ? *own_policies : PolicySet::builtin();

  const std::string name = settings.path == "-" ? "<stdin>" : settings.path;
  const auto source = std::make_shared<const Source>(name, read_bytes(settings.path));
  const Chosen chosen = choose_workload(source, settings.pod);
  const Policy& policy = choose_policy(policies, settings.policy, settings.choices, chosen);
  const DebuggerPlan plan = plan_chosen(policies, policy, chosen, settings.choices);
  const std::string program = "dotdiag-patch: ";
  if (!plan.ready()) {
    explain_refusal(plan, chosen, program, err);
    return 1;
  }
  check_needs(*settings.output, plan, name);
  print_warnings(plan, program, err);
  if (settings.output->usage != nullptr) err << program << settings.output->usage(plan);
  out << settings.output->write(plan);
  return 0;
}

}  // namespace dotdiag
