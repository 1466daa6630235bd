#include "patch/choice_options.hpp"

#include "core/command_line/choices.hpp"
#include "core/policy/builtin_names.hpp"

#include <functional>

namespace dotdiag {
namespace {

constexpr std::int64_t highest_id = 4294967294;

void add_id(CLI::App& app, const std::string& name, std::optional<std::int64_t>& id, const std::string& help) {
  app.add_option_function<std::int64_t>(
         name, [&id](const std::int64_t& value) { id = value; }, help)
      ->type_name("N")
      ->check(CLI::Range(std::int64_t{0}, highest_id).description(""));
}

}  // namespace

void add_debugger_option(CLI::App& app, DebuggerChoices& choices) {
  one_of(
      {"sdk", "native"},
      app.add_option_function<std::string>(
          "--debugger", [&choices](const std::string& name) { choices.debugger = *debugger_kind_named(name); },
          "sdk: the policy's own, which installs the dotnet tools; the default. native: dotdiag-collect, which needs "
          "no .NET, no internet and no volume"));
}

void add_choice_options(CLI::App& app, DebuggerChoices& choices, std::string& policy) {
  such_as(builtin_policy_names(),
          app.add_option("--policy", policy, "Default: the one the webhook applied, else dotnet-dump"))
      ->type_name("NAME");
  one_of(
      {"tmp", "port", "listen", "procroot"},
      app.add_option_function<std::string>(
          "--mode", [&choices](const std::string& name) { choices.mode = mode_named(name); },
          "How the debugger reaches the process; default: the policy's way, or with --debugger native the best that is "
          "open. tmp: over the shared directory. port: the "
          "same, by the socket's path. listen: the application connects. procroot: over /proc, in a pod that nobody "
          "prepared"));
  app.add_option("--container,-c", choices.container, "The container to diagnose")->type_name("NAME");
  app.add_option("--image", choices.image, "The debugger's image instead of the policy's")->type_name("IMAGE");
  add_id(app, "--target-uid", choices.target_uid, "The user id that the target runs as, where the pod does not say");
  add_id(app, "--target-gid", choices.target_gid, "Its group id, likewise");
  one_of(
      {"privileged", "baseline", "restricted"},
      app.add_option_function<std::string>(
          "--pod-security", [&choices](const std::string& name) { choices.pod_security = *pod_security_named(name); },
          "What the pod's namespace enforces: then the debugger keeps to it"));
}

}  // namespace dotdiag
