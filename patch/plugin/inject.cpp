// kubectl dotdiag inject: adds the debugger, waits until it runs, and says what comes next.
#include "core/document/json_reader.hpp"
#include "core/ephemeral/output.hpp"
#include "patch/explain.hpp"
#include "patch/plugin/add_debugger.hpp"
#include "patch/plugin/consent.hpp"
#include "patch/plugin/session.hpp"
#include "patch/plugin/wait.hpp"

#include <string>

namespace dotdiag {
namespace {

class Injection {
 public:
  Injection(const PluginSettings& settings, const Terminal& terminal)
      : session_(settings, terminal), settings_(settings), terminal_(terminal) {}

  int run() {
    if (!session_.look() || !session_.is_ready()) return 1;
    if (settings_.dry_run == "none" && !settings_.another && !session_.plan().present.empty()) return use_present();
    print_warnings(session_.plan(), plugin_prefix, terminal_.err);
    if (settings_.dry_run == "client") {
      terminal_.out << write_strategic_merge(session_.plan());
      return 0;
    }
    if (settings_.dry_run == "server") return try_out();
    terminal_.err << plugin_prefix << session_.what_is_added() << '\n';
    if (!has_consent(terminal_, settings_.yes, "--yes")) return 2;
    if (!add_debugger(session_)) return 1;
    terminal_.err << plugin_prefix << "added " << session_.plan().name() << " to " << session_.place()
                  << "; waiting until it runs\n";
    return go_on();
  }

 private:
  /// An ephemeral container stays until the pod goes, so a second one is added only where the first is of no use.
  int use_present() {
    session_.use_present();
    print_warnings(session_.plan(), plugin_prefix, terminal_.err);
    terminal_.err << plugin_prefix << session_.plan().name() << " is in " << session_.place()
                  << " already, and is taken; --new adds another one\n";
    return go_on();
  }

  int go_on() {
    if (!wait_until_it_runs(session_)) return 1;
    if (settings_.follow) return session_.kubectl().run_in_terminal(attach_arguments());
    terminal_.out << write_next_steps(session_.plan());
    return 0;
  }

  /// Shows the container as the server would store it, with its defaults.
  int try_out() {
    const KubectlResult result = replace_ephemeral_containers(session_, "?dryRun=All");
    if (!result.succeeded()) {
      session_.report(result);
      return 1;
    }
    const Json pod = read_json(result.out, "the server's answer");
    const Json* spec = member(pod, "spec");
    const Json none = Json::object();
    for (const Json& container : items_member(spec == nullptr ? none : *spec, "ephemeralContainers")) {
      if (text_member(container, "name") == session_.plan().name())
        terminal_.out << container.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    }
    terminal_.err << plugin_prefix << "the server would take it; nothing was changed\n";
    return 0;
  }

  std::vector<std::string> attach_arguments() const {
    const DebuggerPlan& plan = session_.plan();
    std::vector<std::string> arguments = {"attach", "--namespace=" + plan.name_space, plan.pod,
                                          "--container=" + plan.name()};
    if (member(plan.container, "tty") != nullptr) arguments.insert(arguments.end(), {"--stdin", "--tty"});
    return arguments;
  }

  Session session_;
  const PluginSettings& settings_;
  const Terminal& terminal_;
};

}  // namespace

int inject_debugger(const PluginSettings& settings, const Terminal& terminal) {
  return Injection(settings, terminal).run();
}

}  // namespace dotdiag
