#include "linter/options.hpp"

#include "core/command_line/choices.hpp"
#include "core/command_line/command_line.hpp"
#include "core/document/error.hpp"
#include "core/policy/builtin_names.hpp"
#include "linter/color.hpp"
#include "linter/config.hpp"
#include "linter/configure.hpp"

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
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
  std::vector<std::string> formats;
  std::string min_severity;
  std::string fail_on;
  RuleFlags rules;
  std::vector<std::string> exclude;
  std::string baseline;
  Scope::Only only = Scope::Only::anything;
  ColorMode color = ColorMode::automatic;
  bool notes = false, snippets = false, fix = false, diff = false, no_webhook = false, no_config = false;
  bool no_gitignore = false, force_exclude = false, no_baseline = false;
  std::string config, pod_security, platform, kubernetes, runtime, sources, render;
  std::vector<std::string> debuggers, values;
  int render_seconds = 30;
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

void add_input_options(CLI::App& app, Flags& flags, RunSettings& settings) {
  app.add_option("PATH", settings.paths,
                 "Files (any name), directories (*.yaml, *.yml, *.json), or - for standard input")
      ->type_name("FILE");
  app.add_option("--stdin-filename", settings.file.stdin_name, "What to call standard input in findings")
      ->type_name("NAME");
  app.add_flag("--allow-empty", settings.allow_empty, "Succeed where there is nothing to lint");
  app.add_option("--exclude", flags.exclude, "Leave out of directories what fits, as in .gitignore; may repeat")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  app.add_flag("--force-exclude", flags.force_exclude, "Leave it out also where a path names it, as pre-commit does");
  app.add_flag("--no-gitignore", flags.no_gitignore, "Look in directories also at what git ignores");
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
               "Judge also what opted out or belongs to another object, and well-known products that are not .NET")
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

void add_rule_options(CLI::App& app, Flags& flags, RunSettings& settings) {
  const auto add = [&](const char* name, std::vector<std::string>& words, const char* help, const char* metavar) {
    app.add_option(name, words, help)->type_name(metavar)->delimiter(',')->allow_extra_args(false);
  };
  RuleFlags& rules = flags.rules;
  add("--select", rules.select, "Only these rules speak: ids, or beginnings such as monitor-; may repeat", "RULE");
  add("--extend-select", rules.extend_select, "These rules speak besides", "RULE");
  add("--ignore", rules.ignore, "These rules do not speak; of several that fit the longest decides", "RULE");
  add("--severity", rules.severities, "How bad a rule is: RULE=note, =warning or =error; may repeat", "RULE=LEVEL");
  auto* baseline =
      app.add_option("--baseline", flags.baseline, "Do not tell what this file knows; tell what it need not know")
          ->type_name("FILE");
  app.add_flag("--no-baseline", flags.no_baseline, "Use none, whatever the settings file says")->excludes(baseline);
  app.add_option("--write-baseline", settings.new_baseline, "Write what is found to this file, for --baseline")
      ->type_name("FILE");
}

/// What stands around the manifests in a repository.
void add_repository_options(CLI::App& app, Flags& flags, RunSettings&) {
  such_as({"auto", "none"},
          app.add_option("--sources", flags.sources,
                         "Where the sources of the images are (Dockerfiles, projects): a directory, none, or auto, the "
                         "repository around the manifests; default: auto"))
      ->type_name("DIR");
  one_of({"auto", "none"},
         app.add_option("--render", flags.render,
                        "Render charts and kustomizations where helm, kustomize or kubectl is in PATH; default: auto"));
  app.add_option("--values", flags.values, "Values for every chart that is rendered; may repeat, the last one wins")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_option("--render-seconds", flags.render_seconds, "How long a chart or a kustomization may take; default: 30")
      ->type_name("N")
      ->check(CLI::Range(1, 3600).description(""));
}

void add_reference_options(CLI::App& app, Options& options) {
  auto* explain = app.add_option("--explain", options.explain, "Explain a finding's id, or an error message")
                      ->type_name("RULE|MESSAGE");
  app.add_flag("--rules", options.rules, "List all that can be found; with --format json or markdown: all about it")
      ->excludes(explain);
  one_of({"config", "report", "baseline"},
         app.add_option("--schema", options.schema,
                        "Print the JSON Schema of the settings file, --format json or baselines"));
}

void add_output_options(CLI::App& app, Flags& flags, RunSettings&) {
  app.add_flag("--notes", flags.notes, "Show notes too");
  one_of({"note", "warning", "error"},
         app.add_option("--min-severity", flags.min_severity, "Hide findings below; default: warning"));
  one_of({"note", "warning", "error", "never"},
         app.add_option("--fail-on", flags.fail_on, "Exit 1 for findings at or above; default: error"));
  such_as(format_names(),
          app.add_option("--format", flags.formats,
                         "How findings are written, and =FILE where to; may repeat; default: text, on GitHub Actions "
                         "github. markdown: only --rules"))
      ->type_name("FORMAT[=FILE]")
      ->allow_extra_args(false);
  app.add_flag("--snippet", flags.snippets,
               "Show source lines, what to do, and what a container lacks as one, as on a terminal");
  one_of<ColorMode>({{"auto", ColorMode::automatic}, {"always", ColorMode::always}, {"never", ColorMode::never}},
                    app.add_option("--color", flags.color, "Colours; default: auto, which respects NO_COLOR"));
}

void add_fix_options(CLI::App& app, Flags& flags, RunSettings& settings) {
  auto* fix = app.add_flag("--fix", flags.fix, "Mend the files; with - the mended text goes to standard output");
  app.add_flag("--diff", flags.diff, "Write what --fix would do as a unified diff, and change nothing")->excludes(fix);
  app.add_flag("--exit-non-zero-on-fix", settings.fail_on_fix, "Exit 1 where something was mended");
  app.add_flag("--unsafe-fixes", settings.file.lint.unsafe_fixes,
               "With --fix or --diff: also replace and remove what is written there");
}

Version version_of(const std::string& flag, const std::string& text) {
  const auto version = Version::parse(text);
  if (!version) throw InputError(flag, {}, "not a version: " + text, "write it as 1.29");
  return *version;
}

/// The path of the settings file that counts where a file has no other above it.
std::optional<std::string> config_path(const Flags& flags) {
  if (flags.no_config) return std::nullopt;
  return flags.config.empty() ? find_config() : flags.config;
}

Surroundings surroundings_of(const Flags& flags, Surroundings surroundings) {
  if (!flags.pod_security.empty()) surroundings.pod_security = *pod_security_named(flags.pod_security);
  if (!flags.platform.empty()) surroundings.platform = *platform_named(flags.platform);
  if (!flags.kubernetes.empty()) surroundings.kubernetes = version_of("--kubernetes-version", flags.kubernetes);
  if (!flags.runtime.empty()) surroundings.runtime = version_of("--runtime-version", flags.runtime);
  return surroundings;
}

void read_policies(const Flags& flags, Options& options) {
  if (flags.policies_directory.empty()) return;
  options.policies = PolicySet::from_directory(flags.policies_directory);
  options.settings.file.lint.policies = &*options.policies;
}

void choose_policies(const Flags& flags, const std::vector<std::string>& configured, LintSettings& lint) {
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

/// `settings` with what a settings file says.
Settings configured(const Flags& flags, const Config& config, Settings settings) {
  choose_policies(flags, config.policies, settings.file.lint);
  configure_rules(flags.rules, config, settings);
  settings.surroundings = surroundings_of(flags, config.surroundings);
  return settings;
}

Exclusions exclusions_of(const Flags& flags, const Config& config) {
  Exclusions exclusions;
  exclusions.gitignore = !flags.no_gitignore;
  exclusions.forced = flags.force_exclude;
  std::error_code error;
  const std::string here = std::filesystem::current_path(error);
  for (const std::string& pattern : flags.exclude)
    exclusions.patterns.push_back({here, Glob(pattern)});
  for (const Glob& glob : config.exclude)
    exclusions.patterns.push_back({config.directory, glob});
  return exclusions;
}

void look_around(const Flags& flags, const Config& config, RunSettings& settings) {
  if (!config.sources.empty()) settings.sources = config.sources;
  if (!flags.sources.empty()) settings.sources = flags.sources;
  const bool is_named = settings.sources != "auto" && settings.sources != "none";
  if (is_named && !std::filesystem::is_directory(settings.sources))
    throw InputError("--sources", {}, "there is no directory " + settings.sources, "name one, or auto, or none");
  settings.images = config.images;
  settings.render = config.render;
  settings.render.time_limit = std::chrono::seconds(flags.render_seconds);
  if (!flags.render.empty()) settings.render.is_on = flags.render != "none";
  if (!flags.values.empty()) settings.render.values = flags.values;
  for (const std::string& file : settings.render.values)
    if (!std::filesystem::is_regular_file(file))
      throw InputError("--values", {}, "there is no file " + file, "name a file of values");
}

/// The settings file of the current directory, and what it says for all of the run; others count for their files.
void use_config(const Flags& flags, Options& options) {
  RunSettings& settings = options.settings;
  const std::vector<CatalogueEntry> entries = catalogue(*settings.file.lint.policies);
  check_rule_flags(flags.rules, entries);
  settings.config = config_path(flags);
  const Config config = settings.config ? read_config(*settings.config, entries) : Config{};
  const Settings base = settings;
  static_cast<Settings&>(settings) = configured(flags, config, base);
  if (!flags.no_config && flags.config.empty())
    settings.with_config = [flags, base, entries](const std::string& path) {
      return configured(flags, path.empty() ? Config{} : read_config(path, entries), base);
    };
  settings.exclusions = exclusions_of(flags, config);
  look_around(flags, config, settings);
  settings.baseline = flags.baseline.empty() && !flags.no_baseline ? config.baseline : flags.baseline;
  const std::string& fail_on = flags.fail_on.empty() ? config.fail_on : flags.fail_on;
  if (fail_on == "never") settings.fail_on.reset();
  if (!fail_on.empty() && fail_on != "never") settings.fail_on = severity_named(fail_on);
}

std::vector<ReportTarget> targets_of(const Flags& flags, const std::function<std::string(std::string_view)>& variable) {
  if (flags.formats.empty()) return {usual_target(variable)};
  std::vector<ReportTarget> targets;
  for (const std::string& format : flags.formats)
    targets.push_back(report_target(format));
  const auto goes_to = [&](const std::string& file) {
    return std::count_if(targets.begin(), targets.end(), [&](const ReportTarget& one) { return one.file == file; });
  };
  for (const ReportTarget& target : targets)
    if (goes_to(target.file) > 1)
      throw InputError("--format", {}, "two reports for " + (target.file.empty() ? "standard output" : target.file),
                       "give each a file of its own: --format sarif=FILE");
  return targets;
}

void bring_together(const Flags& flags, Options& options) {
  RunSettings& settings = options.settings;
  FileSettings& file = settings.file;
  file.lint.scope.only = flags.only;
  file.lint.webhook = !flags.no_webhook;
  if (flags.fix) file.fix = FileSettings::Fix::write;
  if (flags.diff) file.fix = FileSettings::Fix::show_diff;
  if (flags.notes) file.min_severity = Severity::note;
  if (!flags.min_severity.empty()) file.min_severity = severity_named(flags.min_severity);

  const auto variable = [](std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return std::string(value == nullptr ? "" : value);
  };
  const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
  if (!options.is_reference()) settings.reports = targets_of(flags, variable);
  const ReportTarget* on_output = target_on_output(settings.reports);
  const bool is_for_people = on_output != nullptr && !on_output->format->for_machines;
  settings.style.color = is_for_people && use_color(flags.color, variable, is_terminal);
  settings.progress = ::isatty(STDERR_FILENO) == 1;
  settings.style.snippets = flags.snippets || is_terminal || flags.color == ColorMode::always;
  read_policies(flags, options);
  for (const std::string& path : flags.debuggers)
    file.lint.debuggers.emplace_back(path);
  file.lint.scope.owned_pods = !file.lint.debuggers.empty();
  use_config(flags, options);
  settings.style.fail_on = settings.fail_on;
  settings.style.policies = file.lint.policies;
}

bool is_named(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What CLI11 cannot check: which arguments go with which.
std::string misuse(const Flags& flags, const Options& options) {
  if (!options.is_reference() && options.settings.paths.empty()) return "PATH is required";
  if (!options.rules && is_named(flags.formats, reference_format)) return "--format markdown goes with --rules";
  if (options.rules && !is_named({"text", "json", "markdown"}, options.rules_format))
    return "--rules knows the formats text, json and markdown";
  if (options.settings.file.lint.unsafe_fixes && !flags.fix && !flags.diff)
    return "--unsafe-fixes goes with --fix or --diff";
  return {};
}

void add_options(CLI::App& app, Flags& flags, Options& options) {
  app.footer(examples);
  app.set_version_flag("--version", "dotdiag-lint " DOTDIAG_VERSION);
  for (const auto add : {add_input_options, add_judgement_options, add_surroundings_options, add_repository_options,
                         add_rule_options, add_output_options, add_fix_options})
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
  if (!flags.formats.empty()) options.rules_format = flags.formats.back();
  if (const std::string problem = misuse(flags, options); !problem.empty()) {
    std::cerr << "dotdiag-lint: " << problem << ": see dotdiag-lint --help\n";
    options.exit_code = 2;
    return;
  }
  bring_together(flags, options);
}

}  // namespace dotdiag
