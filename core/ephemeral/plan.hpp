// Plans the ephemeral container that reaches the .NET process in this very pod.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/ephemeral/costs.hpp"
#include "core/ephemeral/debugger_choices.hpp"
#include "core/ephemeral/dump_advice.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/policy.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// An ephemeral container for a pod, or the reasons why none can work.
struct DebuggerPlan {
  Json container;                     ///< an EphemeralContainer: only fields that the API allows there
  std::string profile;                ///< the `kubectl debug --profile` with which kubectl arrives at `container`
  std::string pod;                    ///< the pod's name; empty where the input is a template
  std::string name_space;             ///< the pod's namespace; empty where unknown
  std::vector<std::string> warnings;  ///< what may still go wrong, each with what to do
  std::vector<Unmet> unmet;           ///< not empty: the pod is not ready, and `container` is null
  std::string refusal;                ///< not empty: why no ephemeral container can work at all (a Windows pod)
  std::string offer;                  ///< with a pod that is not ready: another way that works on it, if there is one

  // What the steps after the injection are made of.
  std::string policy;
  DebuggerKind debugger = DebuggerKind::sdk;
  DebugMode mode = DebugMode::tmp;
  std::string target;     ///< the target container's name
  std::string sockets;    ///< the directory of the sockets as the debugger sees it: `/tmp`; `/proc/*/root/tmp` where
                          ///< it must look for the process first
  std::string directory;  ///< the directory for dumps, as the target names it
  DumpAdvice dump;
  Costs costs;                               ///< of a dump
  std::vector<std::string> process_options;  ///< with which each command of dotdiag-collect finds the process: none,
                                             ///< or `--port=/diag/port.sock`
  bool has_tools = false;                    ///< the image is one that the user chose, and has the tools in its PATH
  std::string present;  ///< an ephemeral container of the pod that differs from `container` in its name alone, and
                        ///< runs or is about to; empty where there is none
  Json object;          ///< the pod as it was given; null where the input is a template

  bool ready() const { return refusal.empty() && unmet.empty(); }
  std::string name() const { return std::string(text_member(container, "name")); }
};

/// The warning where a debugger that would do is there already: `present` is not empty.
std::string another_one(const DebuggerPlan& plan);

/// Plans the debugger of `policy` for the pod (or the workload's pod template) in `document`.
/// The spec is what counts; the webhook's annotations are only hints. The container's name is the policy's, with `-2`,
/// `-3` ... where that is taken: existing ephemeral containers can be neither changed nor removed.
/// `choices.mode` must be one in which that debugger of the policy can work (debug_mode.hpp). Without it the sdk goes
/// the policy's way, and the native debugger the best one that is open. Throws InputError where the policy has no such
/// debugger.
DebuggerPlan plan_debugger(const Policy& policy, const Json& document, const Workload& workload,
                           const DebuggerChoices& choices);

}  // namespace dotdiag
