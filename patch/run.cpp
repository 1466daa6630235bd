#include "patch/run.hpp"

#include "core/document/reader.hpp"
#include "patch/choose.hpp"

#include <optional>

namespace dotdiag {
namespace {

constexpr const char* program = "dotdiag-patch: ";

/// The reasons against this pod, as dotdiag-lint would print them.
void explain(const DebuggerPlan& plan, const Chosen& chosen, std::ostream& err) {
  const Source& source = *chosen.document.source;
  for (const Unmet& unmet : plan.unmet) {
    const Position at = source.position(offset_of(chosen.document, unmet.at));
    err << source.name() << ':' << at.line << ':' << at.column << ": error: " << unmet.message << " ["
        << unmet.requirement << "]\n";
    if (!unmet.remedy.empty()) err << "  = help: " << unmet.remedy << '\n';
  }
  const std::string pod = describe(chosen.workload);
  if (!plan.refusal.empty()) {
    err << program << pod << ": " << plan.refusal << '\n';
  } else {
    err << program << pod << ": not ready for a debugger: mend what is listed above, roll the pods, and try again\n";
  }
}

}  // namespace

int run(const PatchSettings& settings, std::ostream& out, std::ostream& err) {
  std::optional<PolicySet> own_policies;
  if (!settings.policies_directory.empty()) own_policies = PolicySet::from_directory(settings.policies_directory);
  const PolicySet& policies = own_policies ? *own_policies : PolicySet::builtin();

  const std::string name = settings.path == "-" ? "<stdin>" : settings.path;
  const auto source = std::make_shared<const Source>(name, read_bytes(settings.path));
  const Chosen chosen = choose_workload(source, settings.pod);
  const Policy& policy = choose_policy(policies, settings.policy, chosen);
  const DebuggerPlan plan = plan_debugger(policy, chosen.document.root, chosen.workload, settings.choices);
  for (const std::string& warning : plan.warnings)
    err << program << "warning: " << warning << '\n';
  if (!plan.ready()) {
    explain(plan, chosen, err);
    return 1;
  }
  if (settings.output->usage != nullptr) err << program << settings.output->usage(plan);
  out << settings.output->write(plan);
  return 0;
}

}  // namespace dotdiag
