#include "patch/plugin/add_debugger.hpp"

#include "core/ephemeral/output.hpp"
#include "patch/plugin/custom_file.hpp"
#include "patch/plugin/server_refusal.hpp"

namespace dotdiag {
namespace {

/// A pod's status changes at any time, and each change makes the body that was read before it stale.
constexpr int most_attempts = 5;

/// Some roles grant `patch` alone, and that is what kubectl debug does.
bool add_by_debug(const Session& session) {
  const DebuggerPlan& plan = session.plan();
  const CustomFile file(write_kubectl_custom(plan));
  std::vector<std::string> arguments = {"debug",
                                        "--namespace=" + plan.name_space,
                                        "pod/" + plan.pod,
                                        "--image=" + std::string(text_member(plan.container, "image")),
                                        "--container=" + plan.name(),
                                        "--profile=" + plan.profile,
                                        "--custom=" + file.path()};
  if (const auto target = text_member(plan.container, "targetContainerName"); !target.empty())
    arguments.push_back("--target=" + std::string(target));
  return session.kubectl().run(arguments).succeeded();
}

}  // namespace

KubectlResult replace_ephemeral_containers(const Session& session, const std::string& query) {
  return session.kubectl().run({"replace", "--raw", subresource_path(session.plan()) + query, "--filename=-"},
                               write_pod(session.plan()));
}

bool add_debugger(Session& session) {
  for (int attempt = 1;; ++attempt) {
    const KubectlResult result = replace_ephemeral_containers(session);
    if (result.succeeded()) return true;
    if (is_conflict(result.err) && attempt < most_attempts) {
      if (!session.look() || !session.is_ready()) return false;
      continue;
    }
    if (may_not_update(result.err) && add_by_debug(session)) return true;
    session.report(result);
    return false;
  }
}

}  // namespace dotdiag
