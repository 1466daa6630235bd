#include "patch/plugin/question_options.hpp"

#include "core/command_line/choices.hpp"
#include "core/document/quantity.hpp"

#include <CLI/CLI.hpp>

#include <charconv>

namespace dotdiag {
namespace {

/// `90`, `1.5s`, `500ms`, `2m` in seconds; nothing where it is none of these.
std::optional<double> seconds_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (error != std::errc() || !(value > 0)) return std::nullopt;
  if (unit.empty() || unit == "s") return value;
  if (unit == "ms") return value / 1000;
  return unit == "m" ? std::optional(value * 60) : std::nullopt;
}

void add_limits(CLI::App& app, QuestionSettings& settings) {
  app.add_option_function<std::string>(
         "--max-pause",
         [&settings](const std::string& text) {
           const auto seconds = seconds_of(text);
           if (!seconds) throw CLI::ValidationError("--max-pause", text + " is no time: give 5s, 500ms or 2m");
           settings.most_pause = *seconds;
         },
         "Refuse what may stop the process for longer, and let it go where that happens")
      ->type_name("TIME");
  app.add_option_function<std::string>(
         "--max-memory",
         [&settings](const std::string& text) {
           const auto bytes = Quantity::parse(text);
           if (!bytes || bytes->value() <= 0)
             throw CLI::ValidationError("--max-memory", text + " is no size: give 64Mi");
           settings.most_memory = static_cast<std::uint64_t>(bytes->value());
         },
         "Refuse what may take more of the container's memory")
      ->type_name("SIZE");
}

void add_file_options(CLI::App& app, const Question& question, QuestionSettings& settings) {
  const char* otherwise = question.ending == nullptr
                              ? "The file for the answer; default: standard output"
                              : "The file, or a directory for it; default: POD.TIME and its ending";
  app.add_option("-o,--file", settings.file, otherwise)->type_name("FILE");
  app.add_flag("--overwrite", settings.overwrites, "Replace the file if it exists, once the new one is whole");
  if (question.is_packed)
    one_of({"none", "zstd", "gzip"}, app.add_option("--compress", settings.packing,
                                                    "How the file is packed; default: none, as debuggers open it"));
}

void add_passed(CLI::App& app, const PassedOption& option, std::vector<std::string>& passed) {
  const std::string names = option.names;
  const std::string name = names.substr(names.find("--"));
  if (option.metavar == nullptr) {
    app.add_flag_callback(
        names, [&passed, name] { passed.push_back(name); }, option.help);
    return;
  }
  CLI::Option* added = app.add_option_function<std::vector<std::string>>(
      names,
      [&passed, name](const std::vector<std::string>& values) {
        for (const std::string& value : values)
          passed.push_back(name + "=" + value);
      },
      option.help);
  added->type_name(option.metavar)->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  if (!option.choices.empty()) one_of(option.choices, added, option.metavar);
}

void add_running_options(CLI::App& app, const Question& question, PluginSettings& settings) {
  QuestionSettings& own = settings.question;
  app.add_flag("--all-pods", own.all_pods, "Of a workload ask each pod that runs, one after the other");
  one_of({"text", "json"}, app.add_option("--output", own.format, "What is printed: text, or a line of JSON a pod"));
  app.add_flag("-y,--yes", settings.yes, "Do not ask before a debugger is added, and before the process is stopped");
  app.add_flag("--dry-run", own.dry_run, "Print what would be added and run, and change nothing");
  app.add_flag("--new", settings.another, "Add a debugger even where one that would do is in the pod");
  app.add_option("--timeout", settings.timeout_seconds, "How long to wait until the debugger runs; default: 120")
      ->type_name("SECONDS")
      ->check(CLI::Range(0, 86400).description(""));
  app.add_option("--patience", own.patience_seconds,
                 "How long nothing may come before the connection is given up; default: 30")
      ->type_name("SECONDS")
      ->check(CLI::Range(3, 86400).description(""));
  app.add_option("--retries", own.retries,
                 question.again == nullptr ? "How often to try again after a cut; default: 3"
                                           : "How often to try again after a cut, at the same price; default: 0")
      ->type_name("N")
      ->check(CLI::Range(0, 100).description(""));
  if (question.price == nullptr) return;
  app.add_flag("--accept-risk", own.accepts_risk, "Do not ask either where something of this pod speaks against it");
  add_limits(app, own);
}

}  // namespace

void add_question_options(CLI::App& app, const Question& question, PluginSettings& settings) {
  add_file_options(app, question, settings.question);
  if (question.takes_duration)
    app.add_option("-d,--duration", settings.question.duration, "How long: 30s, 5m")->type_name("TIME");
  for (const PassedOption& option : question.options)
    add_passed(app, option, settings.question.passed);
  add_passed(app, {"--pid", "PID", "The process, as `ps` lists it, where there are several"}, settings.question.passed);
  add_running_options(app, question, settings);
}

}  // namespace dotdiag
