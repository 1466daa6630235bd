// kubectl dotdiag check: would a debugger work in this pod, and may this user bring it in?
#include "patch/explain.hpp"
#include "patch/plugin/server_refusal.hpp"
#include "patch/plugin/session.hpp"

namespace dotdiag {
namespace {

/// What a user must be allowed, as `kubectl auth can-i` asks it.
struct Right {
  std::string verb;
  std::string subresource;
};

/// The rights that this user lacks. Where the question itself fails nothing is known, and nothing is said.
std::vector<Right> missing_rights(const Session& session) {
  std::vector<Right> missing;
  const std::string name_space = session.pod().workload.name_space;
  const bool is_by_http = session.plan().mode == DebugMode::listen && session.plan().debugger == DebuggerKind::sdk;
  const std::string last = is_by_http ? "portforward" : "exec";
  for (const Right& right : {Right{"update", "ephemeralcontainers"}, Right{"create", last}}) {
    const KubectlResult result = session.kubectl().run(
        {"auth", "can-i", right.verb, "pods", "--subresource=" + right.subresource, "--namespace=" + name_space});
    if (result.out.substr(0, 2) == "no") missing.push_back(right);
  }
  return missing;
}

}  // namespace

int check_pod(const PluginSettings& settings, const Terminal& terminal) {
  Session session(settings, terminal);
  if (!session.look() || !session.is_ready()) return 1;
  const DebuggerPlan& plan = session.plan();
  print_warnings(plan, plugin_prefix, terminal.err);
  terminal.out << describe(session.pod().workload) << ": ready: " << plan.name() << " would reach `" << plan.target
               << "` (policy " << plan.policy << ", mode " << mode_name(plan.mode) << ")\n";
  const auto missing = missing_rights(session);
  for (const Right& right : missing)
    terminal.err << plugin_prefix << "you may not " << right.verb << " pods/" << right.subresource << " there\n";
  if (missing.empty()) return 0;
  terminal.err << "Somebody who may can grant this Role in the pod's namespace, and bind it to you:\n\n"
               << role_manifest();
  return 1;
}

}  // namespace dotdiag
