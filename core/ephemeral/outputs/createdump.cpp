#include "core/ephemeral/outputs/createdump.hpp"

#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/runbook.hpp"
#include "core/ephemeral/shell.hpp"

namespace dotdiag {
namespace {

/// A look into the application's own container, which needs a shell there.
std::string look_into_target(const DebuggerPlan& plan) {
  return kubectl_on_pod(plan, "exec -c " + plan.target) + " -- sh -c " +
         shell_word("ls -l /usr/share/dotnet/shared/Microsoft.NETCore.App/*/createdump");
}

constexpr std::string_view harm =
    "where createdump cannot be started, .NET 9 closes its diagnostic socket until the container restarts";

}  // namespace

const std::string_view createdump_finder =
    R"(d=$(sed -n "\,/libcoreclr\.so$,{s,^[^/]*,,;s,/[^/]*$,,;p;q}" "/proc/$1/maps" 2>/dev/null) || { echo unknown; exit; }; )"
    R"(if [ -z "$d" ]; then echo single-file; elif [ -x "/proc/$1/root$d/createdump" ]; then echo "$d/createdump"; )"
    R"(else echo missing; fi)";

void explain_createdump(Runbook& book, const DebuggerPlan& plan) {
  book.say("A path: createdump is there. Go on.");
  book.say("missing: ask for no dump: " + std::string(harm) + ". Take what this runbook has instead of a");
  book.say(
      "  dump; for dumps roll an image that has createdump beside libcoreclr.so, executable for the application's "
      "user.");
  book.say(
      "single-file: it needs no createdump, and gives only dumps of type Full. It refuses Heap and Mini without harm.");
  book.say(
      "unknown: the debugger may not look: another user or group, or fewer capabilities. Ask the image, if it has a "
      "shell:");
  book.say("  " + look_into_target(plan));
}

void say_what_takes_dumps(Runbook& book, const DebuggerPlan& plan) {
  book.say("First see that createdump is there: " + std::string(harm) + ". With a shell in the image:");
  book.say("  " + look_into_target(plan));
  book.say("A single file of .NET 8 and later needs none, and gives only dumps of type Full.");
}

void say_why_none_is_found(Runbook& book, const DebuggerPlan& plan) {
  const bool sees_processes = plan.mode != DebugMode::port;
  if (sees_processes) {
    book.say("Nothing? See who you are and who the processes are; everybody may:");
    book.say("  " + kubectl_on_pod(plan, "exec -c " + plan.name()) + " -- sh -c " +
             shell_word("id; grep -e Name: -e Uid: -e Gid: -e CapPrm: /proc/[0-9]*/status"));
  }
  const std::string options = ": add a debugger with --target-uid and --target-gid.";
  if (plan.mode == DebugMode::procroot) {
    book.say("Likeliest first: the application has another user or group than this debugger" + options);
  } else {
    book.say((sees_processes ? "Likeliest first: t" : "Nothing? Likeliest first: t") +
             std::string("he application has another user than this debugger, which is not root") + options);
  }
  book.say(
      "Or diagnostics are off (DOTNET_EnableDiagnostics=0, in the image too), or its TMPDIR is another directory, or "
      "it has");
  book.say(
      "not started yet, or a dump that could not be started has closed the socket (.NET 9): restart the container.");
}

}  // namespace dotdiag
