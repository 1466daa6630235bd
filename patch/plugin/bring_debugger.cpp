#include "patch/plugin/bring_debugger.hpp"

#include "patch/explain.hpp"
#include "patch/plugin/add_debugger.hpp"
#include "patch/plugin/consent.hpp"
#include "patch/plugin/exit_codes.hpp"
#include "patch/plugin/wait.hpp"

namespace dotdiag {

int bring_debugger(Session& session) {
  const PluginSettings& settings = session.settings();
  const Terminal& terminal = session.terminal();
  const bool is_there = !settings.another && !session.plan().present.empty();
  if (is_there) session.use_present();
  print_warnings(session.plan(), plugin_prefix, terminal.err);
  if (!is_there) {
    terminal.err << plugin_prefix << session.what_is_added() << '\n';
    if (!has_consent(terminal, settings.yes, "--yes")) return misuse;
    if (!add_debugger(session)) return not_ready;
    terminal.err << plugin_prefix << "added " << session.plan().name() << "; waiting until it runs\n";
  }
  return wait_until_it_runs(session) ? done : not_ready;
}

std::vector<std::string> exec_words(const DebuggerPlan& plan) {
  std::vector<std::string> words = {"exec", "--stdin"};
  if (!plan.name_space.empty()) words.push_back("--namespace=" + plan.name_space);
  words.insert(words.end(), {plan.pod, "--container=" + plan.name(), "--"});
  return words;
}

}  // namespace dotdiag
