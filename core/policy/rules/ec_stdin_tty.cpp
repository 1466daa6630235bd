#include "core/policy/rules/debugging.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/shell_command.hpp"

namespace dotdiag {
namespace {

std::vector<Hazard> check(const Subject& subject) {
  const Debugger& debugger = *subject.debugger;
  // With a custom profile, kubectl sets both by its options -i and -t.
  if (is_custom_profile(subject) || is_true(member(*debugger.json, "stdin"))) return {};
  const std::string name(debugger.name());
  if (is_true(member(*debugger.json, "tty")))
    return {{name, debugger.path / "tty", named_debugger(debugger) + " has a terminal but takes no input",
             "set stdin: true"}};
  const ShellCommand shell = shell_command(debugger);
  if (!shell.is_interactive) return {};
  return {{name, shell.at, named_debugger(debugger) + " runs a shell without input, which exits at once",
           "set stdin: true and tty: true"}};
}

}  // namespace

const Rule ec_stdin_tty{
    "ec-stdin-tty",
    Severity::warning,
    Rule::Scope::debugger,
    "an ephemeral container runs a shell that nobody can type into",
    "A shell without stdin reads the end of its input and exits at once, and an ephemeral container is never "
    "restarted. With tty but without stdin, kubectl attach shows a terminal that takes no input.",
    "Set stdin: true and tty: true.",
    "https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container",
    check,
};

}  // namespace dotdiag
