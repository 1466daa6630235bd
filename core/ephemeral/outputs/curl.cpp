// curl: a script for a POSIX shell.
#include "core/document/printable.hpp"
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/json_text.hpp"
#include "core/ephemeral/shell.hpp"

namespace dotdiag {

// The proxy listens at a socket in a directory of its own: a fixed port may be taken by a proxy to another cluster.
std::string write_curl(const DebuggerPlan& plan) {
  const std::string subject = plan.name() + " into pod " + plan.pod + ", namespace " + plan.name_space;
  return "#!/bin/sh\n"
         "# Brings " +
         one_line(subject) +
         ", through kubectl proxy. Needs kubectl and curl 7.76.\n"
         "set -eu\n"
         "directory=$(mktemp -d)\n"
         "kubectl proxy --unix-socket=\"$directory/api\" >/dev/null &\n"
         "proxy=$!\n"
         "trap 'kill \"$proxy\" 2>/dev/null || true; rm -rf \"$directory\"' EXIT\n"
         "while [ ! -S \"$directory/api\" ] && kill -0 \"$proxy\"; do sleep 0.1; done\n"
         "curl --fail-with-body --silent --show-error --unix-socket \"$directory/api\" --request PATCH \\\n"
         "  --header 'Content-Type: application/strategic-merge-patch+json' --data-binary @- --output "
         "\"$directory/answer\" "
         "\\\n"
         "  " +
         shell_word("http://localhost" + subresource_path(plan)) +
         " <<'END' || { cat \"$directory/answer\" >&2 || true; exit 1; }\n" + indented(merge_patch(plan)) +
         "END\n"
         "echo " +
         shell_word("Added " + subject + ".") + "\n";
}

}  // namespace dotdiag
