// runbook: every command from the injection to the opened dump.
#include "core/ephemeral/outputs/runbook.hpp"

#include "core/document/printable.hpp"
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/json_text.hpp"
#include "core/ephemeral/shell.hpp"

namespace dotdiag {
namespace {

/// What makes the comments comments in an interactive zsh, too.
constexpr std::string_view zsh_comments = "[ -z \"${ZSH_VERSION-}\" ] || setopt interactive_comments";

void write_head(Runbook& book, const DebuggerPlan& plan) {
  book.run(zsh_comments);
  book.say("Diagnose `" + plan.target + "` in pod " + plan.pod +
           (plan.name_space.empty() ? "" : ", namespace " + plan.name_space) + " (policy " + plan.policy + ", mode " +
           std::string(mode_name(plan.mode)) + ").");
  book.say("Paste it line by line into one shell, bash or zsh. Lines that begin with # are for you.");
  for (const std::string& warning : plan.warnings)
    book.say("Mind: " + warning + ".");
  if (!plan.present.empty()) book.say("Mind: " + another_one(plan) + ".");
}

void write_injection(Runbook& book, const DebuggerPlan& plan) {
  const std::string file = plan.name() + ".json";
  book.step("Bring the debugger in. It stays until the pod goes: nothing can take it out again.");
  book.run("printf '%s\\n' " + shell_word(compact(Json::parse(write_kubectl_custom(plan)))) + " > " + shell_word(file));
  book.run(kubectl_debug_command(plan, file, false));
  book.say("kubectl before 1.31 does not know --custom: -o curl writes a script that does the same.");

  book.step("Repeat this until it says that the debugger is running.");
  book.run(kubectl_on_pod(plan, "get pod") + " -o jsonpath=" +
           shell_word("{.status.ephemeralContainerStatuses[?(@.name==\"" + plan.name() + "\")].state}{\"\\n\"}"));
}

/// With the process namespace goes all that runs in it. Seen on containerd 1.6 and 2.4.
void say_what_a_restart_does(Runbook& book, const DebuggerPlan& plan) {
  if (text_member(plan.container, "targetContainerName").empty()) return;
  book.say("If `" + plan.target +
           "` restarts, the debugger ends with it (exit code 137), because it has joined its "
           "processes: bring in another one.");
}

void write_steps(Runbook& book, const DebuggerPlan& plan) {
  say_what_a_restart_does(book, plan);
  if (plan.debugger == DebuggerKind::native) {
    write_collect_steps(book, plan);
  } else if (plan.mode == DebugMode::listen) {
    write_monitor_steps(book, plan);
  } else {
    write_tool_steps(book, plan);
  }
}

}  // namespace

void Runbook::step(std::string_view title) {
  text_ += "\n# " + std::to_string(++number_) + ". " + one_line(title) + "\n";
}

void Runbook::say(std::string_view text) {
  text_ += "# " + one_line(text) + "\n";
}

void Runbook::run(std::string_view command) {
  text_ += std::string(command) + "\n";
}

void say_how_to_open(Runbook& book, const std::string& file) {
  book.say("It holds the memory of the application, secrets included: keep it where those may be kept.");
  book.run("dotnet-dump analyze " + shell_word(file));
  book.say("First commands there: clrthreads, clrstack -all, dumpheap -stat, gcroot ADDRESS, exit. To install it:");
  book.say("dotnet tool install --global dotnet-dump, on a Linux with the same C library (glibc or musl).");
}

std::string write_runbook(const DebuggerPlan& plan) {
  Runbook book;
  write_head(book, plan);
  write_injection(book, plan);
  write_steps(book, plan);
  return book.text();
}

std::string write_next_steps(const DebuggerPlan& plan) {
  Runbook book;
  book.run(zsh_comments);
  book.say(plan.name() + " runs in pod " + plan.pod + ". What comes next, line by line in one shell, bash or zsh:");
  write_steps(book, plan);
  return book.text();
}

}  // namespace dotdiag
