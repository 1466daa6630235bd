#include "patch/plugin/server_refusal.hpp"

#include "core/policy/embedded.hpp"

namespace dotdiag {

const std::vector<EmbeddedFile>& embedded_role();

namespace {

struct Refusal {
  std::string_view mark;  ///< part of the error's text
  std::string_view advice;
  bool needs_role = false;
};

/// The first whose mark is in the text counts, so the more specific stand first.
/// Sources of the texts: kubernetes/kubernetes, pkg/apis/core/validation; kubernetes/pod-security-admission, policy;
/// kubernetes/kubectl, pkg/cmd/debug.
constexpr Refusal refusals[] = {
    {"violates PodSecurity",
     "The namespace enforces Pod Security, and it judges the whole pod again. Where it names the debugger, try\n"
     "--pod-security baseline or --pod-security restricted; where it names the application's own container, the pod "
     "is\n"
     "older than the rule and takes no debugger before it is rolled."},
    {"unable to validate against any security context constraint",
     "OpenShift's constraints refuse it: try --policy dotnet-dump-restricted, and leave out --target-uid so that the\n"
     "namespace's own user is taken."},
    {"cannot update resource \"pods/ephemeralcontainers\"", "You may not add ephemeral containers.", true},
    {"cannot patch resource \"pods/ephemeralcontainers\"", "You may not add ephemeral containers.", true},
    {"cannot get resource \"pods\"", "You may not read pods.", true},
    {"cannot create resource \"pods/attach\"", "You may not attach to pods.", true},
    {"denied the request",
     "A policy of the cluster refused it: the text above is its own. Often it is the image: "
     "--image takes another one."},
    {"static pods do not support ephemeral containers",
     "The kubelet runs this pod from a file on its node: nothing can "
     "be added to it."},
    {"ephemeral containers are disabled", "The cluster is older than Kubernetes 1.23, or has them switched off."},
    {"may not be changed", "Another container took the name in the meantime: run the command again."},
    {"may not be removed", "Another container was added in the meantime: run the command again."},
    {"Duplicate value", "Another container took the name in the meantime: run the command again."},
    {"the server could not find the requested resource",
     "The cluster does not know ephemeral containers (they came with Kubernetes 1.23), or the pod is gone."},
    {"the object has been modified", "The pod changes faster than it can be replaced: run the command again."},
    {"Unable to connect to the server", "Is the context the right one? kubectl config current-context"},
    {"was refused - did you specify the right host or port",
     "Is the context the right one? kubectl config current-context"},
};

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

std::string_view role_manifest() {
  return embedded_role().front().text;
}

std::string explain_server_refusal(std::string_view error) {
  for (const Refusal& refusal : refusals) {
    if (!has(error, refusal.mark)) continue;
    std::string text = std::string(refusal.advice) + "\n";
    if (refusal.needs_role)
      text += "Somebody who may can grant this Role in the pod's namespace, and bind it to you:\n\n" +
              std::string(role_manifest());
    return text;
  }
  return {};
}

bool is_conflict(std::string_view error) {
  return has(error, "the object has been modified");
}

bool may_not_update(std::string_view error) {
  return has(error, "cannot update resource \"pods/ephemeralcontainers\"");
}

}  // namespace dotdiag
