#include "core/policy/dotnet_signs.hpp"

#include "core/policy/image.hpp"
#include "core/policy/rules/process_name.hpp"
#include "core/policy/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {
namespace {

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// True where `word` stands in `text` with nothing alphanumeric before or behind it.
bool has_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    const bool begins = at == 0 || !is_alphanumeric(text[at - 1]);
    if (begins && (end == text.size() || !is_alphanumeric(text[end]))) return true;
  }
  return false;
}

/// Without the registry's host, which the first part is where it has a dot or a port.
std::string_view path_of(std::string_view image) {
  const auto slash = image.find('/');
  const bool has_host = slash != npos && image.substr(0, slash).find_first_of(".:") != npos;
  return has_host ? image.substr(slash + 1) : image;
}

bool has_dotnet_image(const ContainerView& container) {
  const auto path = path_of(Image::parse(container.image()).name);
  return has_word(path, "dotnet") || has_word(path, "aspnet") || has_word(path, "aspnetcore");
}

/// `Logging` and `LogLevel`, not `LOGGING` or `logging`: other frameworks write their sections in one case.
bool is_pascal_case(std::string_view word) {
  if (word.empty() || word.front() < 'A' || word.front() > 'Z') return false;
  return std::all_of(word.begin(), word.end(), is_alphanumeric) &&
         std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// `Section__Key`, which configuration reads as Section:Key. The last part is often a name of the user's own.
bool is_configuration(std::string_view name) {
  const auto end = name.find("__");
  return end != npos && end + 2 < name.size() && is_pascal_case(name.substr(0, end)) && is_alphanumeric(name[end + 2]);
}

bool is_dotnet_variable(const Json& variable) {
  constexpr std::array<std::string_view, 4> heads = {"DOTNET_", "ASPNETCORE_", "COMPlus_", "CORECLR_"};
  const auto name = text_member(variable, "name");
  const bool has_head = std::any_of(heads.begin(), heads.end(), [&](auto head) { return name.starts_with(head); });
  if (has_head || name.find("_DOTNET_") != npos || is_configuration(name)) return true;
  return name == "FUNCTIONS_WORKER_RUNTIME" && text_member(variable, "value").starts_with("dotnet");
}

/// The words of a shell's script: what its operators and quotation marks separate.
std::vector<std::string_view> script_words(std::string_view script) {
  constexpr std::string_view separators = " \t\r\n;&|()\"'`";
  std::vector<std::string_view> words;
  for (auto at = script.find_first_not_of(separators); at != npos; at = script.find_first_not_of(separators, at)) {
    const auto end = std::min(script.find_first_of(separators, at), script.size());
    words.push_back(script.substr(at, end - at));
    at = end;
  }
  return words;
}

bool is_dotnet(std::string_view word) {
  return word.substr(word.find_last_of('/') + 1) == "dotnet";
}

bool is_assembly(std::string_view word) {
  return word.size() > 4 && word.ends_with(".dll") && word.front() != '-';
}

/// The words of `command` and `args`, one behind the other, up to a limit: a program's name stands at the beginning.
std::vector<std::string_view> command_words(const ContainerView& container) {
  constexpr std::size_t most = 64;
  std::vector<std::string_view> words;
  for (const char* field : {"command", "args"}) {
    for (const Json& word : items_member(*container.json, field)) {
      const auto* text = word.get_ptr<const Json::string_t*>();
      if (text != nullptr && words.size() < most) words.emplace_back(*text);
    }
  }
  return words;
}

/// True where the first word that is no launcher, no option of one and no assignment is `dotnet`, or an assembly is
/// named. A launcher may be a shell with a script.
bool starts_dotnet(const std::vector<std::string_view>& words) {
  bool is_behind_launcher = true;
  bool is_in_shell = false;
  for (const auto word : words) {
    if (is_assembly(word)) return true;
    if (!is_behind_launcher) continue;
    if (is_dotnet(word)) return true;
    if (is_in_shell && word.find_first_of(" \t\n") != npos) {
      const auto script = script_words(word);
      return std::any_of(script.begin(), script.end(), [](auto part) { return is_dotnet(part) || is_assembly(part); });
    }
    const auto program = word.substr(word.find_last_of('/') + 1);
    is_in_shell = is_in_shell || is_shell(program);
    is_behind_launcher = is_launcher(program) || word.starts_with('-') || word == "exec" || word.find('=') != npos;
  }
  return false;
}

/// The annotations that have an agent for .NET injected.
struct Instrumentation {
  std::string_view key;
  std::string_view value;  ///< the one that means .NET; empty: any that is not an off
};
constexpr std::array instrumentations = {
    Instrumentation{"instrumentation.opentelemetry.io/inject-dotnet", ""},
    Instrumentation{"instrumentation.newrelic.com/inject-dotnet", ""},
    Instrumentation{"admission.datadoghq.com/dotnet-lib.version", ""},
    Instrumentation{"admission.datadoghq.com/dotnet-lib.custom-image", ""},
    Instrumentation{"co.elastic.apm/attach", "dotnet"},
};

constexpr std::string_view container_names = "instrumentation.opentelemetry.io/dotnet-container-names";
constexpr std::string_view datadog_domain = "admission.datadoghq.com/";

bool is_on(const PodView& pod, const Instrumentation& one) {
  const auto value = pod.annotation(one.key);
  if (!one.value.empty()) return value == one.value;
  return !value.empty() && value != "false";
}

}  // namespace

bool looks_like_dotnet(const ContainerView& container) {
  if (has_dotnet_image(container)) return true;
  const auto& variables = items_member(*container.json, "env");
  if (std::any_of(variables.begin(), variables.end(), is_dotnet_variable)) return true;
  return starts_dotnet(command_words(container));
}

bool is_named_as_dotnet(const PodView& pod, const ContainerView& container) {
  const auto names = split(pod.annotation(container_names), ',');
  if (container.name().empty()) return false;
  if (std::find(names.begin(), names.end(), container.name()) != names.end()) return true;
  const std::string own = std::string(datadog_domain) + std::string(container.name()) + ".dotnet-lib.version";
  return !pod.annotation(own).empty();
}

bool is_instrumented_as_dotnet(const PodView& pod) {
  const auto& containers = pod.containers();
  return std::any_of(instrumentations.begin(), instrumentations.end(),
                     [&](const Instrumentation& one) { return is_on(pod, one); }) ||
         std::any_of(containers.begin(), containers.end(),
                     [&](const ContainerView& container) { return is_named_as_dotnet(pod, container); });
}

}  // namespace dotdiag
