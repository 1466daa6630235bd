// One run of the plugin: the pod as it is in the cluster now, and what was planned for it.
#pragma once

#include "core/ephemeral/plan.hpp"
#include "core/policy/policy.hpp"
#include "patch/choose.hpp"
#include "patch/plugin/kubectl.hpp"

#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace dotdiag {

struct PluginSettings {
  std::string pod;                   ///< `web-0`, `pod/web-0`
  std::vector<std::string> globals;  ///< kubectl's own: `--context=prod`
  std::string policy;
  std::string policies_directory;
  DebuggerChoices choices;
  std::string output = "strategic-merge";  ///< of `patch`
  std::string dry_run = "none";            ///< of `inject`: none, client, server
  bool yes = false;                        ///< do not ask
  bool another = false;                    ///< of `inject`: also where one that would do is there
  bool follow = false;                     ///< attach when it runs
  int timeout_seconds = 120;               ///< how long to wait until it runs
};

/// The ways in and out of the program, so that tests can stand at them.
struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool can_ask;  ///< somebody sits at `in`
};

/// Begins each message.
inline constexpr const char* plugin_prefix = "kubectl-dotdiag: ";

class Session {
 public:
  Session(const PluginSettings& settings, const Terminal& terminal);

  const PluginSettings& settings() const { return settings_; }
  const Terminal& terminal() const { return terminal_; }
  const Kubectl& kubectl() const { return kubectl_; }
  const Chosen& pod() const { return *pod_; }
  const DebuggerPlan& plan() const { return plan_; }

  /// Reads the pod (and what its namespace enforces) and plans anew. False where it cannot be read: that has been said.
  bool look();
  /// Goes on with the debugger that is in the pod already: `plan().present`.
  void use_present();
  /// Says what kubectl said, and what it means.
  void report(const KubectlResult& result) const;
  /// Where the pod is not ready, says why and answers false.
  bool is_ready() const;

 private:
  void ask_pod_security();

  const PluginSettings& settings_;
  const Terminal& terminal_;
  Kubectl kubectl_;
  std::optional<PolicySet> own_policies_;
  const PolicySet* policies_;
  DebuggerChoices choices_;
  std::optional<Chosen> pod_;
  DebuggerPlan plan_;
};

/// The commands; each answers the exit code: 0 done, 1 the pod is not ready or the server refused, 2 misuse.
int check_pod(const PluginSettings& settings, const Terminal& terminal);
int print_patch(const PluginSettings& settings, const Terminal& terminal);
int inject_debugger(const PluginSettings& settings, const Terminal& terminal);

}  // namespace dotdiag
