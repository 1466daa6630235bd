// One run of the plugin: the pod as it is in the cluster now, and what was planned for it.
#pragma once

#include "core/ephemeral/plan.hpp"
#include "core/policy/policy.hpp"
#include "patch/choose.hpp"
#include "patch/plugin/kubectl.hpp"

#include <cstdint>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace dotdiag {

/// What the questions to a process are given; see questions/question.hpp.
struct QuestionSettings {
  std::string file;                 ///< where the answer goes; empty: a name of its own, or standard output
  bool overwrites = false;          ///< also what is there already
  bool all_pods = false;            ///< of the workload
  std::string format = "text";      ///< of what is printed: text, json
  std::string packing = "none";     ///< of the file: none, zstd, gzip
  std::vector<std::string> passed;  ///< options that dotdiag-collect is given as they are
  std::string duration;             ///< of a recording, as it was typed
  bool dry_run = false;
  bool accepts_risk = false;      ///< do not ask where something speaks against it
  double most_pause = 0;          ///< seconds; 0: no limit
  std::uint64_t most_memory = 0;  ///< bytes; 0: no limit
  int retries = -1;               ///< after a cut; -1: as the question has it
  int patience_seconds = 30;
};

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
  QuestionSettings question;
};

/// The ways in and out of the program, so that tests can stand at them.
struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool can_ask;         ///< somebody sits at `in`
  bool shows_progress;  ///< `err` is a terminal
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
  /// `pod shop/web-0`.
  std::string place() const;
  /// What adding the planned debugger means, for who is asked.
  std::string what_is_added() const;
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

/// What a pod's name on the command line says: `web-0`, `deployment/web`.
struct ObjectName {
  std::string kind;  ///< as kubectl has it: pod, deployment; what was typed where it is none of ours
  std::string name;
};
ObjectName parse_object_name(const std::string& text);

/// The commands; each answers the exit code: 0 done, 1 the pod is not ready or the server refused, 2 misuse.
int check_pod(const PluginSettings& settings, const Terminal& terminal);
int print_patch(const PluginSettings& settings, const Terminal& terminal);
int inject_debugger(const PluginSettings& settings, const Terminal& terminal);

}  // namespace dotdiag
