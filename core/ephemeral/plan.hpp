// Plans the ephemeral container that reaches the .NET process in this very pod.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/ephemeral/debug_mode.hpp"
#include "core/ephemeral/dump_advice.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/policy.hpp"
#include "core/policy/surroundings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// What a user may ask for, or know where the pod does not say.
struct DebuggerChoices {
  std::string container;                            ///< the target container; empty: chosen as targets.hpp says
  std::string image;                                ///< empty: the policy's
  std::optional<std::int64_t> target_uid;           ///< the user id the target runs as; wins over the pod's
  std::optional<std::int64_t> target_gid;           ///< likewise its group id
  std::optional<DebugMode> mode;                    ///< nothing: the policy's
  PodSecurity pod_security = PodSecurity::unknown;  ///< what the pod's namespace enforces
  std::string name_space;                           ///< the pod's namespace, where the pod does not say
};

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
  DebugMode mode = DebugMode::tmp;
  std::string target;     ///< the target container's name
  std::string sockets;    ///< the directory of the sockets as the debugger sees it: `/tmp`; `/proc/*/root/tmp` where
                          ///< it must look for the process first
  std::string directory;  ///< the directory for dumps, as the target names it
  DumpAdvice dump;
  bool has_tools = false;  ///< the image is one that the user chose, and has the tools in its PATH
  std::string present;     ///< an ephemeral container of the pod that differs from `container` in its name alone, and
                           ///< runs or is about to; empty where there is none
  Json object;             ///< the pod as it was given; null where the input is a template

  bool ready() const { return refusal.empty() && unmet.empty(); }
  std::string name() const { return std::string(text_member(container, "name")); }
};

/// The warning where a debugger that would do is there already: `present` is not empty.
std::string another_one(const DebuggerPlan& plan);

/// Plans the debugger of `policy` for the pod (or the workload's pod template) in `document`.
/// The spec is what counts; the webhook's annotations are only hints. The container's name is the policy's, with `-2`,
/// `-3` ... where that is taken: existing ephemeral containers can be neither changed nor removed.
/// `choices.mode` must be one in which the policy's debugger can work.
DebuggerPlan plan_debugger(const Policy& policy, const Json& document, const Workload& workload,
                           const DebuggerChoices& choices);

}  // namespace dotdiag
