#include "patch/options.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <string>
#include <vector>

namespace dotdiag {
namespace {

constexpr const char* description =
    "Builds the ephemeral container with which a .NET process in this very pod can be diagnosed, or says why none can "
    "work.";

constexpr const char* examples = R"(Examples:
  kubectl get pod web-5d4f -n shop -o json | dotdiag-patch - > patch.json
  kubectl proxy &
  curl -X PATCH -H 'Content-Type: application/strategic-merge-patch+json' --data @patch.json \
    localhost:8001/api/v1/namespaces/shop/pods/web-5d4f/ephemeralcontainers

  dotdiag-patch --policy dotnet-monitor -o kubectl-custom pod.json > debugger.json
  dotdiag-patch --pod web manifests.yaml           one of several workloads in a file

Exit codes: 0 written, 1 the pod is not ready (the reasons are on standard error), 2 misuse or unreadable input.)";

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const OutputFormat& format : output_formats())
    names.emplace_back(format.name);
  return names;
}

}  // namespace

std::optional<int> parse_options(int argc, const char* const* argv, PatchSettings& settings) {
  CLI::App app(description, "dotdiag-patch");
  app.footer(examples);
  app.set_version_flag("--version", "dotdiag-patch " DOTDIAG_VERSION);

  std::string format(settings.output->name);
  std::int64_t uid = 0;
  app.add_option("POD", settings.path, "A pod's JSON or YAML, or a manifest; - for standard input")->required();
  app.add_option("--policy", settings.policy, "Default: the one the webhook applied, else dotnet-dump")
      ->type_name("NAME");
  app.add_option("-o,--output", format, "Default: strategic-merge")
      ->type_name("strategic-merge|kubectl-custom")
      ->check(CLI::IsMember(format_names()).description(""));
  app.add_option("--container", settings.choices.container, "The container to diagnose")->type_name("NAME");
  app.add_option("--image", settings.choices.image, "The debugger's image instead of the policy's")->type_name("IMAGE");
  auto* uid_option =
      app.add_option("--target-uid", uid, "The user id that the target runs as, where the pod does not say")
          ->type_name("N")
          ->check(CLI::Range(std::int64_t{0}, std::int64_t{4294967294}).description(""));
  app.add_option("--pod", settings.pod, "Which pod or workload, where the input holds several")->type_name("NAME");
  app.add_option("--policies", settings.policies_directory, "A directory of policies that replaces the built-in ones")
      ->type_name("DIR");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    return app.exit(help_or_version, std::cout, std::cerr);
  } catch (const CLI::ParseError& error) {
    std::cerr << "dotdiag-patch: " << error.what() << ": see dotdiag-patch --help\n";
    return 2;
  }
  if (uid_option->count() > 0) settings.choices.target_uid = uid;
  settings.output = find_output_format(format);
  return std::nullopt;
}

}  // namespace dotdiag
