// kubectl dotdiag inject: adds the debugger, waits until it runs, and says what comes next.
#include "core/document/json_reader.hpp"
#include "core/ephemeral/output.hpp"
#include "patch/explain.hpp"
#include "patch/plugin/custom_file.hpp"
#include "patch/plugin/server_refusal.hpp"
#include "patch/plugin/session.hpp"
#include "patch/plugin/wait.hpp"

#include <string>

namespace dotdiag {
namespace {

/// A pod's status changes at any time, and each change makes the body that was read before it stale.
constexpr int most_attempts = 5;

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
    if (!may_go_on()) return 2;
    if (!add()) return 1;
    terminal_.err << plugin_prefix << "added " << session_.plan().name() << " to " << place()
                  << "; waiting until it runs\n";
    return go_on();
  }

 private:
  std::string place() const { return "pod " + session_.plan().name_space + "/" + session_.plan().pod; }
  std::string in_namespace() const { return "--namespace=" + session_.plan().name_space; }

  /// An ephemeral container stays until the pod goes, so a second one is added only where the first is of no use.
  int use_present() {
    session_.use_present();
    print_warnings(session_.plan(), plugin_prefix, terminal_.err);
    terminal_.err << plugin_prefix << session_.plan().name() << " is in " << place()
                  << " already, and is taken; --new adds another one\n";
    return go_on();
  }

  int go_on() {
    if (!wait_until_it_runs(session_)) return 1;
    if (settings_.follow) return session_.kubectl().run_in_terminal(attach_arguments());
    terminal_.out << write_next_steps(session_.plan());
    return 0;
  }

  KubectlResult replace(const std::string& query) const {
    return session_.kubectl().run({"replace", "--raw", subresource_path(session_.plan()) + query, "--filename=-"},
                                  write_pod(session_.plan()));
  }

  /// Shows the container as the server would store it, with its defaults.
  int try_out() {
    const KubectlResult result = replace("?dryRun=All");
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

  bool may_go_on() const {
    const DebuggerPlan& plan = session_.plan();
    terminal_.err << plugin_prefix << "this adds the container " << plan.name() << " ("
                  << text_member(plan.container, "image") << ") to " << place() << "; it stays until the pod goes\n";
    if (settings_.yes) return true;
    if (!terminal_.can_ask) {
      terminal_.err << plugin_prefix << "nobody is there to be asked: pass --yes\n";
      return false;
    }
    terminal_.err << "Go on? [y/N] " << std::flush;
    std::string answer;
    std::getline(terminal_.in, answer);
    if (answer == "y" || answer == "Y" || answer == "yes") return true;
    terminal_.err << plugin_prefix << "nothing was changed\n";
    return false;
  }

  bool add() {
    for (int attempt = 1;; ++attempt) {
      const KubectlResult result = replace("");
      if (result.succeeded()) return true;
      if (is_conflict(result.err) && attempt < most_attempts) {
        if (!session_.look() || !session_.is_ready()) return false;
        continue;
      }
      if (may_not_update(result.err) && add_by_debug()) return true;
      session_.report(result);
      return false;
    }
  }

  /// Some roles grant `patch` alone, and that is what kubectl debug does.
  bool add_by_debug() const {
    const DebuggerPlan& plan = session_.plan();
    const CustomFile file(write_kubectl_custom(plan));
    std::vector<std::string> arguments = {"debug",
                                          in_namespace(),
                                          "pod/" + plan.pod,
                                          "--image=" + std::string(text_member(plan.container, "image")),
                                          "--container=" + plan.name(),
                                          "--profile=" + plan.profile,
                                          "--custom=" + file.path()};
    if (const auto target = text_member(plan.container, "targetContainerName"); !target.empty())
      arguments.push_back("--target=" + std::string(target));
    return session_.kubectl().run(arguments).succeeded();
  }

  std::vector<std::string> attach_arguments() const {
    const DebuggerPlan& plan = session_.plan();
    std::vector<std::string> arguments = {"attach", in_namespace(), plan.pod, "--container=" + plan.name()};
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
