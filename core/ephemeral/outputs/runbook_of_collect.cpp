// runbook: the steps with dotdiag-collect.
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/runbook.hpp"
#include "core/ephemeral/shell.hpp"

#include <string>
#include <string_view>

namespace dotdiag {
namespace {

class CollectSteps {
 public:
  CollectSteps(Runbook& book, const DebuggerPlan& plan) : book_(book), plan_(plan) {}

  void write() {
    write_search();
    write_questions();
    write_dump();
    write_verification();
    book_.step("Open it.");
    say_how_to_open(book_, local("dmp"));
    write_recordings();
    book_.say("The debugger ends by itself, an hour after it came.");
  }

 private:
  std::string local(const std::string& ending) const { return plan_.pod + "." + ending; }

  /// Of the process that `$process` names: nothing where it is the only one.
  std::string ask(const std::string& command) const {
    return collect(plan_, command) + (plan_.process_options.empty() ? " $process" : "");
  }

  void write_search() {
    book_.step("See which .NET processes there are, and whether they can be asked.");
    if (!plan_.process_options.empty()) {
      book_.say("The application connects by itself, some seconds after each of these commands begins to listen.");
      book_.run(ask("info"));
      return;
    }
    book_.run(collect(plan_, "ps"));
    book_.run("process=");
    book_.say("Several? Say which: process=--pid=NUMBER");
  }

  void write_questions() {
    book_.step("Ask it: what takes the memory, why it hangs, how it does.");
    book_.say("A heap costs a garbage collection, about 0.1 s for each million objects; the others hardly anything.");
    book_.run(ask("heap --yes"));
    book_.run(ask("stacks"));
    book_.run(ask("counters --once"));
  }

  void write_dump() {
    book_.step("Take a dump. It comes through a pipe, and lies on no disk but yours.");
    book_.say("The application stands still meanwhile.");
    book_.run(ask("dump --yes -o -") + " > " + shell_word(local("dmp.zst")));
    book_.say("No zstd here? --compress gzip. A single file of .NET 8 and later gives a full dump, whatever is asked.");
  }

  void write_verification() {
    book_.step("Is it whole? The sum must be the one that the command before has printed.");
    book_.run("sha256sum " + shell_word(local("dmp.zst")));
    book_.run("zstd -d " + shell_word(local("dmp.zst")) + " -o " + shell_word(local("dmp")));
  }

  void write_recordings() {
    book_.step("Instead of a dump: the heap with its references, for PerfView or Visual Studio.");
    book_.run(ask("gcdump --yes -o -") + " > " + shell_word(local("gcdump")));
    book_.step("Instead of a dump: what it does, for half a minute.");
    book_.run(ask("trace -d 30s -o -") + " > " + shell_word(local("nettrace")));
  }

  Runbook& book_;
  const DebuggerPlan& plan_;
};

}  // namespace

std::string collect(const DebuggerPlan& plan, const std::string& command) {
  std::string line = kubectl_on_pod(plan, "exec -c " + plan.name()) + " -- dotdiag-collect " + command;
  if (command == "ps") return line;
  for (const std::string& option : plan.process_options)
    line += " " + shell_word(option);
  return line;
}

void write_collect_steps(Runbook& book, const DebuggerPlan& plan) {
  CollectSteps(book, plan).write();
}

}  // namespace dotdiag
