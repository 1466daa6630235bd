#include "patch/plugin/options.hpp"

#include "core/command_line/choices.hpp"
#include "core/command_line/command_line.hpp"
#include "patch/choice_options.hpp"
#include "patch/output_formats.hpp"
#include "patch/plugin/ask.hpp"
#include "patch/plugin/question_options.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace dotdiag {
namespace {

constexpr const char* description =
    "Brings dumps, heaps, stacks, counters and traces of .NET processes out of running pods, in kubectl's own context "
    "and "
    "with your own rights.";

constexpr const char* examples = R"(
Examples:
  kubectl dotdiag dump deployment/web -n shop               all of its memory, in a file on your disk
  kubectl dotdiag heap web-5d4f -n shop                     which types take the memory?
  kubectl dotdiag stacks web-5d4f -n shop                   why does it hang?
  kubectl dotdiag counters web-5d4f -n shop -d 30s          how is it doing?
  kubectl dotdiag check web-5d4f -n shop                    is it ready, and may I?
  kubectl dotdiag inject web-5d4f -n shop                   add the debugger of the recipe, print the next steps
  kubectl dotdiag patch web-5d4f -n shop -o runbook         every command from here to the opened dump

Exit codes: 0 done, 1 the pod is not ready or the server refused, 2 misuse, no consent or no kubectl, 3 the answer is not
whole and says so, 4 the connection was cut and nothing was kept, 5 it could not be done in the pod, 6 more than --max-pause
or --max-memory allow, 130 interrupted.)";

struct KubectlOption {
  const char* names;
  const char* metavar;
  const char* help;
};

/// kubectl's own options, which are handed on to it as they are.
constexpr KubectlOption kubectl_options[] = {
    {"-n,--namespace", "NAMESPACE", "The pod's namespace"},
    {"--context", "CONTEXT", "The kubeconfig context"},
    {"--cluster", "CLUSTER", "The kubeconfig cluster"},
    {"--user", "USER", "The kubeconfig user"},
    {"--kubeconfig", "FILE", "The kubeconfig file"},
    {"--as", "NAME", "A user to impersonate"},
    {"--as-group", "NAME", "A group to impersonate"},
    {"--request-timeout", "DURATION", "How long a request may take"},
};

void add_kubectl_options(CLI::App& app, std::vector<std::string>& globals) {
  for (const auto& [names, metavar, help] : kubectl_options) {
    const std::string all = names;
    const std::string long_name = all.substr(all.find("--"));
    app.add_option_function<std::string>(
           names, [&globals, long_name](const std::string& value) { globals.push_back(long_name + "=" + value); }, help)
        ->type_name(metavar)
        ->group("Options of kubectl");
  }
}

Words format_names() {
  Words names;
  for (const OutputFormat& format : output_formats())
    names.emplace_back(format.name);
  return names;
}

constexpr const char* pod_or_workload =
    "A pod, or deployment/NAME, statefulset/NAME, daemonset/NAME, replicaset/NAME for its newest ready pod";

CLI::App* add_command(CLI::App& app, const char* name, const char* help, const char* what, PluginCommand command,
                      PluginLine& line) {
  CLI::App* sub = app.add_subcommand(name, help);
  PluginSettings& settings = line.settings;
  sub->add_option("POD", settings.pod, what)->type_name("POD")->required();
  add_choice_options(*sub, settings.choices, settings.policy);
  sub->add_option("--policies", settings.policies_directory, "A directory of policies that replaces the built-in ones")
      ->type_name("DIR");
  add_kubectl_options(*sub, settings.globals);
  sub->callback([&line, command = std::move(command)] { line.command = command; });
  return sub;
}

void add_inject_options(CLI::App& inject, PluginSettings& settings) {
  one_of({"none", "client", "server"},
         inject.add_option("--dry-run", settings.dry_run,
                           "Change nothing: print the patch, or the server's answer to it"));
  inject.add_flag("-y,--yes", settings.yes, "Do not ask");
  inject.add_flag("--new", settings.another, "Add one more, even where a debugger that would do is in the pod");
  inject.add_flag("-f,--follow", settings.follow, "Attach as soon as it runs");
  inject.add_option("--timeout", settings.timeout_seconds, "How long to wait until it runs; default: 120")
      ->type_name("SECONDS")
      ->check(CLI::Range(0, 86400).description(""));
}

void add_question(CLI::App& app, const Question& question, PluginLine& line) {
  const auto command = [&question](const PluginSettings& settings, const Terminal& terminal) {
    return ask(question, settings, terminal);
  };
  add_question_options(*add_command(app, question.name, question.summary, pod_or_workload, command, line), question,
                       line.settings);
}

/// A command whose user knows the debuggers.
CLI::App* add_expert_command(CLI::App& app, const char* name, const char* help, PluginCommand command,
                             PluginLine& line) {
  CLI::App* sub = add_command(app, name, help, "The pod's name", std::move(command), line);
  add_debugger_option(*sub, line.settings.choices);
  return sub;
}

void add_commands(CLI::App& app, PluginLine& line) {
  app.footer(examples);
  app.set_version_flag("--version", "kubectl-dotdiag " DOTDIAG_VERSION);
  app.require_subcommand(1);
  for (const Question& question : questions())
    add_question(app, question, line);
  add_expert_command(app, "check", "Says whether a debugger would work in a pod, and whether you may bring it in",
                     check_pod, line);
  CLI::App* patch = add_expert_command(app, "patch", "Prints what would be added, in the formats of dotdiag-patch",
                                       print_patch, line);
  one_of(format_names(), patch->add_option("-o,--output", line.settings.output, "Default: strategic-merge"), "FORMAT");
  add_inject_options(
      *add_expert_command(app, "inject", "Adds the debugger, waits until it runs, and says what comes next",
                          inject_debugger, line),
      line.settings);
}

}  // namespace

void with_command_line(const std::function<void(CLI::App& app)>& look) {
  CLI::App app(description, "kubectl dotdiag");
  PluginLine line;
  add_commands(app, line);
  look(app);
}

std::optional<int> parse_options(int argc, const char* const* argv, PluginLine& line) {
  CLI::App app(description, "kubectl dotdiag");
  add_commands(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    return app.exit(help_or_version, std::cout, std::cerr);
  } catch (const CLI::ParseError& error) {
    std::cerr << plugin_prefix << error.what() << ": see kubectl dotdiag --help\n";
    return 2;
  }
  return std::nullopt;
}

}  // namespace dotdiag
