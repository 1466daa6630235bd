#include "patch/options.hpp"

#include "core/command_line/choices.hpp"
#include "core/command_line/command_line.hpp"
#include "patch/choice_options.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <string>
#include <vector>

namespace dotdiag {
namespace {

constexpr const char* description =
    "Builds the ephemeral container with which a .NET process in this very pod can be diagnosed, or says why none can "
    "work.";

constexpr const char* examples = R"(
Examples:
  kubectl get pod web-5d4f -n shop -o json | dotdiag-patch -o runbook -    every command from here to the dump

  kubectl get pod web-5d4f -n shop -o json | dotdiag-patch -o pod - |
    kubectl replace --raw /api/v1/namespaces/shop/pods/web-5d4f/ephemeralcontainers -f -

  dotdiag-patch --policy dotnet-monitor -o kubectl-custom pod.json > debugger.json
  dotdiag-patch --mode procroot -o curl pod.json   for a pod that nobody prepared
  dotdiag-patch --pod web manifests.yaml           one of several workloads in a file

Exit codes: 0 written, 1 the pod is not ready (the reasons are on standard error), 2 misuse or unreadable input.)";

Words format_names() {
  Words names;
  for (const OutputFormat& format : output_formats())
    names.emplace_back(format.name);
  return names;
}

std::string formats_explained() {
  std::string text = "Output formats:";
  for (const OutputFormat& format : output_formats()) {
    const std::string name(format.name);
    text += "\n  " + name + std::string(17 - name.size(), ' ') + std::string(format.summary);
  }
  return text;
}

void add_options(CLI::App& app, std::string& format, PatchSettings& settings) {
  app.footer(formats_explained() + "\n" + examples);
  app.set_version_flag("--version", "dotdiag-patch " DOTDIAG_VERSION);
  app.add_option("POD", settings.path, "A pod's JSON or YAML, or a manifest; - for standard input")
      ->type_name("FILE")
      ->required();
  one_of(format_names(), app.add_option("-o,--output", format, "Default: strategic-merge"), "FORMAT");
  add_debugger_option(app, settings.choices);
  add_choice_options(app, settings.choices, settings.policy);
  app.add_option("--pod", settings.pod, "Which pod or workload, where the input holds several")
      ->type_name("[NAMESPACE/]NAME");
  app.add_option("-n,--namespace", settings.choices.name_space, "The pod's namespace, where the pod does not say")
      ->type_name("NAME");
  app.add_option("--policies", settings.policies_directory, "A directory of policies that replaces the built-in ones")
      ->type_name("DIR");
}

}  // namespace

void with_command_line(const std::function<void(CLI::App& app)>& look) {
  CLI::App app(description, "dotdiag-patch");
  std::string format;
  PatchSettings settings;
  add_options(app, format, settings);
  look(app);
}

std::optional<int> parse_options(int argc, const char* const* argv, PatchSettings& settings) {
  CLI::App app(description, "dotdiag-patch");
  std::string format(settings.output->name);
  add_options(app, format, settings);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    return app.exit(help_or_version, std::cout, std::cerr);
  } catch (const CLI::ParseError& error) {
    std::cerr << "dotdiag-patch: " << error.what() << ": see dotdiag-patch --help\n";
    return 2;
  }
  settings.output = find_output_format(format);
  return std::nullopt;
}

}  // namespace dotdiag
