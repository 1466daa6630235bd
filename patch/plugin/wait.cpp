#include "patch/plugin/wait.hpp"

#include "core/document/json_reader.hpp"
#include "core/document/printable.hpp"
#include "core/ephemeral/pod_status.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <thread>

namespace dotdiag {
namespace {

constexpr auto between_looks = std::chrono::seconds(1);

/// Of a process that was killed: 128 and the number of SIGKILL.
constexpr std::int64_t killed = 137;

class Wait {
 public:
  explicit Wait(const Session& session) : session_(session), plan_(session.plan()) {}

  bool until_it_runs() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(session_.settings().timeout_seconds);
    while (const auto condition = look()) {
      if (condition->state == ContainerState::running) return true;
      if (condition->state == ContainerState::terminated) return say_it_ended(*condition);
      if (will_never_run(*condition)) return say("cannot start", *condition, another_look("adds another one"));
      if (std::chrono::steady_clock::now() >= deadline)
        return say("does not run yet", *condition, another_look("goes on waiting for it"));
      mention_image(*condition);
      std::this_thread::sleep_for(between_looks);
    }
    return false;
  }

 private:
  /// The debugger's condition now. Nothing where the pod cannot be read: that has been said.
  std::optional<ContainerCondition> look() const {
    const KubectlResult result =
        session_.kubectl().run({"get", "pod", plan_.pod, "--namespace=" + plan_.name_space, "--output=json"});
    if (!result.succeeded()) {
      session_.report(result);
      return std::nullopt;
    }
    const Json pod = read_json(result.out, "pod/" + plan_.pod);
    const auto workload = as_workload(pod);
    return workload ? condition_of(PodView(pod, *workload), plan_.name()) : ContainerCondition{};
  }

  bool say(const std::string& what, const ContainerCondition& condition, const std::string& advice) const {
    std::string why = condition.reason;
    if (condition.exit_code) why += (why.empty() ? "" : ", ") + ("exit code " + std::to_string(*condition.exit_code));
    if (!condition.message.empty()) why += (why.empty() ? "" : ": ") + one_line(condition.message);
    session_.terminal().err << plugin_prefix << plan_.name() << ' ' << what << (why.empty() ? "" : " (" + why + ")")
                            << ": " << advice << '\n';
    return false;
  }

  std::string another_look(const std::string& second_inject) const {
    return "see kubectl describe pod -n " + plan_.name_space + ' ' + plan_.pod + "; a second inject " + second_inject;
  }

  bool say_it_ended(const ContainerCondition& condition) const {
    const bool has_joined = !text_member(plan_.container, "targetContainerName").empty();
    std::string advice = "see kubectl logs -n " + plan_.name_space + ' ' + plan_.pod + " -c " + plan_.name() +
                         "; a second inject adds another one";
    if (has_joined && condition.exit_code == killed)
      advice = "it had joined the processes of `" + plan_.target + "`, and ends when that restarts; " + advice;
    return say("ended", condition, advice);
  }

  /// An image that cannot be pulled may still come. That is said once.
  void mention_image(const ContainerCondition& condition) {
    const bool is_pulling = condition.reason == "ErrImagePull" || condition.reason == "ImagePullBackOff";
    if (!is_pulling || image_mentioned_) return;
    image_mentioned_ = true;
    say("waits for its image", condition, "the kubelet tries again, so this waits on; Ctrl-C ends the waiting alone");
  }

  const Session& session_;
  const DebuggerPlan& plan_;
  bool image_mentioned_ = false;
};

}  // namespace

bool wait_until_it_runs(const Session& session) {
  return Wait(session).until_it_runs();
}

}  // namespace dotdiag
