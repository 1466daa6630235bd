#include "patch/explain.hpp"

#include "core/document/printable.hpp"

namespace dotdiag {
namespace {

/// Names and values are those of somebody's pod.
void say(std::ostream& err, const std::string& text) {
  err << printable_lines(text) << '\n';
}

}  // namespace

void print_warnings(const DebuggerPlan& plan, const std::string& program, std::ostream& err) {
  for (const std::string& warning : plan.warnings)
    say(err, program + "warning: " + warning);
  if (!plan.present.empty()) say(err, program + "warning: " + another_one(plan));
}

void explain_refusal(const DebuggerPlan& plan, const Chosen& chosen, const std::string& program, std::ostream& err) {
  print_warnings(plan, program, err);
  const Source& source = *chosen.document.source;
  for (const Unmet& unmet : plan.unmet) {
    const Position at = source.position(offset_of(chosen.document, unmet.at));
    say(err, source.name() + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) +
                 ": error: " + unmet.message + " [" + unmet.requirement + "]");
    if (!unmet.remedy.empty()) say(err, "  = help: " + unmet.remedy);
  }
  const std::string pod = program + describe(chosen.workload) + ": ";
  say(err,
      pod + (plan.refusal.empty() ? "not ready for a debugger: mend what is listed above, roll the pods, and try again"
                                  : plan.refusal));
  if (!plan.offer.empty()) say(err, pod + plan.offer);
}

}  // namespace dotdiag
