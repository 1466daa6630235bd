#include "linter/sources/docker_image.hpp"

#include "core/policy/image.hpp"
#include "core/policy/runtime_settings.hpp"
#include "linter/sources/docker_words.hpp"
#include "linter/sources/languages.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace dotdiag {
namespace {

using Stages = std::vector<DockerStage>;

/// Index of the stage called `name`, or of that number, before `before`; nothing where it is an image.
std::optional<std::size_t> find_stage(const Stages& stages, std::string_view name, std::size_t before) {
  for (std::size_t index = before; index-- > 0;)
    if (equal_but_for_case(stages[index].name, name) && !name.empty()) return index;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  const bool is_number = error == std::errc() && end == name.data() + name.size();
  return is_number && number < before ? std::optional(number) : std::nullopt;
}

/// The stage, and those it is made from, the first one first.
std::vector<const DockerStage*> chain_of(const Stages& stages, std::size_t index) {
  std::vector<const DockerStage*> chain = {&stages[index]};
  while (const auto below = find_stage(stages, stages[index].base, index)) {
    index = *below;
    chain.insert(chain.begin(), &stages[index]);
  }
  return chain;
}

std::string place(const std::string& path, std::size_t line) {
  return path + ":" + std::to_string(line);
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> id_of(std::string_view name, const Image& base) {
  if (name == "root") return 0;
  if (name == "app" && base.is_dotnet()) return app_user;
  return number(name);
}

/// USER, else what the base image is known to run as. A user that no image knows has group 0.
void set_user(ImageFacts& facts, const std::string& written) {
  const Image base = Image::parse(facts.base);
  if (written.empty()) {
    facts.user = base.default_user();
  } else {
    facts.user = id_of(written.substr(0, written.find(':')), base);
  }
  if (const std::size_t colon = written.find(':'); colon != std::string::npos) {
    facts.group = id_of(std::string_view(written).substr(colon + 1), base);
  } else if (facts.user == 0 || (facts.user == app_user && base.is_dotnet())) {
    facts.group = facts.user;
  }
}

/// What is done while the image is built tells what it is built for.
constexpr std::pair<std::string_view, std::string_view> build_commands[] = {
    {"dotnet ", dotnet_language}, {"go build", "Go"},          {"cargo build", "Rust"}, {"mvn ", "Java"},
    {"gradle", "Java"},           {"pip install", "Python"},   {"npm ", "Node.js"},     {"yarn ", "Node.js"},
    {"bundle install", "Ruby"},   {"composer install", "PHP"},
};

std::string_view language_of_builds(const std::vector<const DockerStage*>& chain, std::size_t& line) {
  for (const auto& [command, language] : build_commands) {
    for (const DockerStage* stage : chain) {
      for (const DockerInstruction& run : stage->runs) {
        if (run.arguments.find(command) == std::string::npos) continue;
        line = run.line;
        return language;
      }
    }
  }
  return {};
}

/// The language of the stages that something is copied from: .NET, where one of them is.
std::string_view language_of_copies(const Stages& stages, const std::vector<const DockerStage*>& chain,
                                    std::size_t& line) {
  std::string_view found;
  for (const DockerStage* stage : chain) {
    for (const std::string& name : stage->copied_from) {
      const auto index = find_stage(stages, name, stages.size());
      if (!index) continue;
      const auto from = chain_of(stages, *index);
      std::size_t at = from.front()->line;
      std::string_view language = language_of_image(from.front()->base);
      if (language.empty()) language = language_of_builds(from, at);
      if (language.empty() || (!found.empty() && language != dotnet_language)) continue;
      found = language;
      line = at;
      if (found == dotnet_language) return found;
    }
  }
  return found;
}

void set_language(DockerImage& image, const Stages& stages, const std::vector<const DockerStage*>& chain) {
  image.line = chain.front()->line;
  image.language = language_of_command(image.facts.start);
  if (image.language.empty()) image.language = language_of_image(image.facts.base);
  if (image.language.empty()) image.language = language_of_copies(stages, chain, image.line);
  if (image.language.empty()) image.language = language_of_builds(chain, image.line);
}

bool sets_property(std::string_view command, std::string_view name) {
  for (std::size_t at = command.find(name); at != std::string_view::npos; at = command.find(name, at + 1)) {
    const std::string_view value = command.substr(at + name.size());
    if (value.starts_with('=') && equal_but_for_case(value.substr(1, 4), "true")) return true;
  }
  return false;
}

/// `dotnet publish -p:PublishAot=true`, in whichever stage.
void set_publishing(ImageFacts& facts, const Stages& stages, const std::string& path) {
  using Publishing = ImageFacts::Publishing;
  for (const DockerStage& stage : stages) {
    for (const DockerInstruction& run : stage.runs) {
      const bool is_aot = sets_property(run.arguments, "PublishAot");
      if (!is_aot && !sets_property(run.arguments, "PublishSingleFile")) continue;
      facts.publishing = is_aot ? Publishing::native_aot : Publishing::single_file;
      facts.published_by = place(path, run.line);
    }
  }
}

/// Of the base image; where that has no version, of the SDK that the program is built with.
std::optional<Version> runtime_of(const Stages& stages, const std::string& base) {
  if (const auto version = Image::parse(base).dotnet_version()) return version;
  for (const DockerStage& stage : stages)
    if (const auto version = Image::parse(stage.base).dotnet_version()) return version;
  return std::nullopt;
}

bool launches(std::string_view word) {
  const std::string_view name = word.substr(word.find_last_of('/') + 1);
  constexpr std::string_view launchers[] = {"sh",   "bash", "ash",     "dash",    "env",       "exec",     "tini",
                                            "gosu", "nice", "su-exec", "setpriv", "dumb-init", "catatonit"};
  return std::find(std::begin(launchers), std::end(launchers), name) != std::end(launchers);
}

/// True for what stands between two commands of a shell.
bool separates(std::string_view word) {
  return word == "&&" || word == "||" || word == "then" || word == "do" || word.ends_with(';');
}

std::string_view language_of_word(std::string_view word) {
  if (word.ends_with(".dll")) return dotnet_language;
  if (word.ends_with(".jar")) return "Java";
  return language_of_program(word);
}

}  // namespace

std::string_view language_of_command(const std::vector<std::string>& words) {
  bool at_command = true;  // what comes next is a program
  for (const std::string& text : words) {
    for (const std::string& word : shell_words(text)) {
      if (at_command) {
        if (const auto language = language_of_word(word); !language.empty()) return language;
      }
      const bool is_option = word.starts_with('-') || word.find('=') != std::string::npos;
      at_command = launches(word) || separates(word) || (at_command && is_option);
    }
  }
  return {};
}

DockerImage image_of(const Stages& stages, const std::string& path, std::string_view target) {
  DockerImage image;
  if (stages.empty()) return image;
  const std::size_t last = find_stage(stages, target, stages.size()).value_or(stages.size() - 1);
  const std::vector<const DockerStage*> chain = chain_of(stages, last);
  image.facts.where = place(path, stages[last].line);
  image.facts.base = chain.front()->base;
  std::string user;
  for (const DockerStage* stage : chain) {
    if (!stage->user.empty()) user = stage->user;
    for (const DockerStage::Variable& variable : stage->variables)
      image.facts.variables.push_back({variable.name, variable.value, place(path, variable.line)});
  }
  for (auto stage = chain.rbegin(); stage != chain.rend() && image.facts.start.empty(); ++stage) {
    image.facts.start = (*stage)->entrypoint;
    image.facts.start.insert(image.facts.start.end(), (*stage)->command.begin(), (*stage)->command.end());
  }
  set_user(image.facts, user);
  set_language(image, stages, chain);
  if (image.language == dotnet_language) {
    set_publishing(image.facts, stages, path);
    image.facts.runtime = runtime_of(stages, image.facts.base);
  }
  return image;
}

}  // namespace dotdiag
