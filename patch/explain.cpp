#include "patch/explain.hpp"

namespace dotdiag {

void print_warnings(const DebuggerPlan& plan, const std::string& program, std::ostream& err) {
  for (const std::string& warning : plan.warnings)
    err << program << "warning: " << warning << '\n';
  if (!plan.present.empty()) err << program << "warning: " << another_one(plan) << '\n';
}

void explain_refusal(const DebuggerPlan& plan, const Chosen& chosen, const std::string& program, std::ostream& err) {
  print_warnings(plan, program, err);
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
  if (!plan.offer.empty()) err << program << pod << ": " << plan.offer << '\n';
}

}  // namespace dotdiag
