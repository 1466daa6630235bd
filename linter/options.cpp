#include "linter/options.hpp"

#include "core/command_line/choices.hpp"
#include "core/command_line/command_line.hpp"
#include "core/document/error.hpp"
#include "core/policy/builtin_names.hpp"
#include "linter/color.hpp"
#include "linter/config.hpp"

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string_view>
#include <thread>

namespace dotdiag {
namespace {

constexpr const char* description =
    R"(Says where and why a Kubernetes workload is not prepared for dotnet-dump or dotnet-monitor, and prepares it.)";

constexpr const char* examples = R"(Examples:
  dotdiag-lint manifests/                          everything below a directory
  helm template my-chart | dotdiag-lint -          what a chart renders to
  dotdiag-lint --diff manifests/ | git apply       see, or apply, what --fix would do
  dotdiag-lint --fix deployment.yaml               mend a file; comments and layout stay
  dotdiag-lint --policy dotnet-monitor --format json manifests/
  dotdiag-lint --debugger patch.json deployment.yaml     would this debug container work there?
  dotdiag-lint --explain "No supported .NET processes were found"

Exit codes: 0 clean, 1 findings at or above --fail-on (or, with --diff, something to change),
2 something could not be read, parsed or written, or misuse.)";

/// The flags as they come in, before they are brought together.
struct Flags {
  std::vector<std::string> policies;
  std::string policies_directory;
  std::string format = "text";
  std::string min_severity;
  std::string fail_on = "error";
  Scope::Only only = Scope::Only::anything;
  ColorMode color = ColorMode::automatic;
  bool notes = false, snippets = false, fix = false, diff = false, no_webhook = false, no_config = false;
  std::string config, pod_security, platform, kubernetes, runtime;
  std::vector<std::string> debuggers;
};

/// A format of --rules only.
constexpr const char* reference_format = "markdown";

Words format_names() {
  Words names;
  for (const ReportFormat& format : report_formats())
    names.emplace_back(format.name);
  names.emplace_back(reference_format);
  return names;
}

void add_input_options(CLI::App& app, Flags&, RunSettings& settings) {
  app.add_option("PATH", settings.paths,
                 "Files (any name), directories (*.yaml, *.yml, *.json), or - for standard input")
      ->type_name("FILE");
  app.add_option("--stdin-filename", settings.file.stdin_name, "What to call standard input in findings")
      ->type_name("NAME");
  app.add_flag("--allow-empty", settings.allow_empty, "Succeed where there is nothing to lint");
  app.add_option("-j,--jobs", settings.jobs, "Files to read at the same time; default: one per processor")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""));
}

void add_judgement_options(CLI::App& app, Flags& flags, RunSettings& settings) {
  such_as(builtin_policy_names(), app.add_option("--policy", flags.policies,
                                                 "What workloads are held against, may repeat; default: what each is "
                                                 "prepared for, else dotnet-dump"))
      ->type_name("NAME")
      ->allow_extra_args(false);
  app.add_option("--policies", flags.policies_directory, "A directory of policies that replaces the built-in ones")
      ->type_name("DIR");
  auto* only = one_of<Scope::Only>(
      {{"dotnet", Scope::Only::dotnet}, {"opted-in", Scope::Only::opted_in}},
      app.add_option("--only", flags.only, "Judge only what looks like .NET (dotnet) or what opted in (opted-in)"));
  app.add_flag("--all", settings.file.lint.scope.all,
               "Judge also what opted out and well-known products that are not .NET")
      ->excludes(only);
  app.add_flag("--no-webhook", flags.no_webhook, "Opted-in workloads must have everything themselves");
}

/// What a manifest does not say. Flags win over the settings file, and that over what the input's Namespaces say.
void add_surroundings_options(CLI::App& app, Flags& flags, RunSettings&) {
  one_of({"privileged", "baseline", "restricted"},
         app.add_option("--pss", flags.pod_security, "The Pod Security Standard that the namespaces enforce"));
  one_of({"openshift", "fargate", "autopilot"},
         app.add_option("--platform", flags.platform, "A platform with admission rules of its own"));
  app.add_option("--kubernetes-version", flags.kubernetes, "The cluster's version, such as 1.29")->type_name("VERSION");
  app.add_option("--runtime-version", flags.runtime, "The version of .NET in images that do not say it, such as 8.0")
      ->type_name("VERSION");
  app.add_option("--debugger", flags.debuggers,
                 "A debug patch, or a file for kubectl debug --custom, to judge against the workloads; may repeat")
      ->type_name("FILE")
      ->allow_extra_args(false);
  auto* config =
      app.add_option("--config", flags.config,
                     "The settings file; default: .dotdiag-lint.yaml here or above, up to the repository's root")
          ->type_name("FILE");
  app.add_flag("--no-config", flags.no_config, "Use no settings file")->excludes(config);
}

void add_reference_options(CLI::App& app, Options& options) {
  auto* explain = app.add_option("--explain", options.explain, "Explain a finding's id, or an error message")
                      ->type_name("RULE|MESSAGE");
  app.add_flag("--rules", options.rules, "List all that can be found; with --format json or markdown: all about it")
      ->excludes(explain);
}

void add_output_options(CLI::App& app, Flags& flags, RunSettings&) {
  app.add_flag("--notes", flags.notes, "Show notes too");
  one_of({"note", "warning", "error"},
         app.add_option("--min-severity", flags.min_severity, "Hide findings below; default: warning"));
  one_of({"note", "warning", "error", "never"},
         app.add_option("--fail-on", flags.fail_on, "Exit 1 for findings at or above; default: error"));
  one_of(format_names(),
         app.add_option("--format", flags.format, "How findings are written; default: text. markdown: only --rules"));
  app.add_flag("--snippet", flags.snippets,
               "Show source lines, what to do, and what a container lacks as one, as on a terminal");
  one_of<ColorMode>({{"auto", ColorMode::automatic}, {"always", ColorMode::always}, {"never", ColorMode::never}},
                    app.add_option("--color", flags.color, "Colours; default: auto, which respects NO_COLOR"));
}

void add_fix_options(CLI::App& app, Flags& flags, RunSettings& settings) {
  auto* fix = app.add_flag("--fix", flags.fix, "Mend the files; with - the mended text goes to standard output");
  app.add_flag("--diff", flags.diff, "Write what --fix would do as a unified diff, and change nothing")->excludes(fix);
  app.add_flag("--unsafe-fixes", settings.file.lint.unsafe_fixes,
               "With --fix or --diff: also replace and remove what is written there");
}

Severity severity_of(std::string_view name) {
  if (name == "note") return Severity::note;
  return name == "warning" ? Severity::warning : Severity::error;
}

Version version_of(const std::string& flag, const std::string& text) {
  const auto version = Version::parse(text);
  if (!version) throw InputError(flag, {}, "not a version: " + text, "write it as 1.29");
  return *version;
}

Config config_of(const Flags& flags) {
  if (flags.no_config) return {};
  if (!flags.config.empty()) return read_config(flags.config);
  const auto found = find_config();
  return found ? read_config(*found) : Config{};
}

Surroundings surroundings_of(const Flags& flags, Surroundings surroundings) {
  if (!flags.pod_security.empty()) surroundings.pod_security = *pod_security_named(flags.pod_security);
  if (!flags.platform.empty()) surroundings.platform = *platform_named(flags.platform);
  if (!flags.kubernetes.empty()) surroundings.kubernetes = version_of("--kubernetes-version", flags.kubernetes);
  if (!flags.runtime.empty()) surroundings.runtime = version_of("--runtime-version", flags.runtime);
  return surroundings;
}

void choose_policies(const Flags& flags, const std::vector<std::string>& configured, Options& options) {
  LintSettings& lint = options.settings.file.lint;
  if (!flags.policies_directory.empty()) {
    options.policies = PolicySet::from_directory(flags.policies_directory);
    lint.policies = &*options.policies;
  }
  const std::vector<std::string>& names = flags.policies.empty() ? configured : flags.policies;
  if (names.empty() && lint.policies->find(default_policy_name) == nullptr)
    throw InputError("--policies", {}, "there is no policy " + std::string(default_policy_name),
                     "name one with --policy: " + lint.policies->names());
  for (const std::string& name : names) {
    const Policy* policy = lint.policies->find(name);
    if (policy == nullptr)
      throw InputError("--policy", {}, "there is no policy " + name, "choose of " + lint.policies->names());
    lint.judged_by.push_back(policy);
  }
}

void bring_together(const Flags& flags, Options& options) {
  RunSettings& settings = options.settings;
  FileSettings& file = settings.file;
  file.lint.scope.only = flags.only;
  file.lint.webhook = !flags.no_webhook;
  if (flags.fix) file.fix = FileSettings::Fix::write;
  if (flags.diff) file.fix = FileSettings::Fix::show_diff;
  if (flags.notes) file.min_severity = Severity::note;
  if (!flags.min_severity.empty()) file.min_severity = severity_of(flags.min_severity);
  settings.fail_on.reset();
  if (flags.fail_on != "never") settings.fail_on = severity_of(flags.fail_on);

  if (flags.format != reference_format) settings.format = find_report_format(flags.format);
  const auto variable = [](std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return std::string(value == nullptr ? "" : value);
  };
  const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
  settings.style.color = !settings.format->for_machines && use_color(flags.color, variable, is_terminal);
  settings.style.snippets = flags.snippets || is_terminal || flags.color == ColorMode::always;
  file.blocks = settings.style.snippets && !settings.format->for_machines;
  if (file.blocks) file.lint.ways = LintSettings::Ways::unprepared;
  if (settings.format->shows_workloads) file.lint.ways = LintSettings::Ways::all;
  const Config config = config_of(flags);
  choose_policies(flags, config.policies, options);
  settings.surroundings = surroundings_of(flags, config.surroundings);
  for (const std::string& path : flags.debuggers)
    file.lint.debuggers.emplace_back(path);
}

/// What CLI11 cannot check: which arguments go with which.
std::string misuse(const Flags& flags, const Options& options) {
  const bool is_reference = options.rules || !options.explain.empty();
  if (!is_reference && options.settings.paths.empty()) return "PATH is required";
  if (!options.rules && flags.format == reference_format) return "--format markdown goes with --rules";
  if (options.settings.file.lint.unsafe_fixes && !flags.fix && !flags.diff)
    return "--unsafe-fixes goes with --fix or --diff";
  return {};
}

void add_options(CLI::App& app, Flags& flags, Options& options) {
  app.footer(examples);
  app.set_version_flag("--version", "dotdiag-lint " DOTDIAG_VERSION);
  for (const auto add :
       {add_input_options, add_judgement_options, add_surroundings_options, add_output_options, add_fix_options})
    add(app, flags, options.settings);
  add_reference_options(app, options);
}

}  // namespace

void with_command_line(const std::function<void(CLI::App& app)>& look) {
  CLI::App app(description, "dotdiag-lint");
  Flags flags;
  Options options;
  add_options(app, flags, options);
  look(app);
}

void parse_options(int argc, const char* const* argv, Options& options) {
  CLI::App app(description, "dotdiag-lint");
  Flags flags;
  options.settings.jobs = std::max(1U, std::thread::hardware_concurrency());
  add_options(app, flags, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    options.exit_code = app.exit(help_or_version, std::cout, std::cerr);
    return;
  } catch (const CLI::ParseError& error) {
    std::cerr << "dotdiag-lint: " << error.what() << ": see dotdiag-lint --help\n";
    options.exit_code = 2;
    return;
  }
  if (const std::string problem = misuse(flags, options); !problem.empty()) {
    std::cerr << "dotdiag-lint: " << problem << ": see dotdiag-lint --help\n";
    options.exit_code = 2;
    return;
  }
  options.rules_format = flags.format;
  bring_together(flags, options);
}

}  // namespace dotdiag
