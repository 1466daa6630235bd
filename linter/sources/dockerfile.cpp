#include "linter/sources/dockerfile.hpp"

#include "core/policy/image.hpp"
#include "core/policy/words.hpp"
#include "linter/sources/docker_words.hpp"

#include <algorithm>
#include <cctype>

namespace dotdiag {
namespace {

/// No person's Dockerfile has more, and what follows stages and copies stays fast.
constexpr std::size_t most_instructions = 1000;

std::string changed(std::string_view text, int (*change)(int)) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [&](char c) { return static_cast<char>(change(static_cast<unsigned char>(c))); });
  return result;
}

/// Takes the lines of a Dockerfile one after another, and puts the continued ones together.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) { find_escape(); }

  /// The next instruction's text and its first line; false at the end.
  bool next(std::string& text, std::size_t& line) {
    text.clear();
    for (std::string_view one; take(one);) {
      if (one.empty() || one.front() == '#') continue;
      if (text.empty()) line = line_;
      if (!one.ends_with(escape_)) {
        text += one;
        skip_documents(text);
        return true;
      }
      one.remove_suffix(1);
      text.append(one).append(" ");
    }
    return !text.empty();
  }

 private:
  bool take(std::string_view& line) {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find('\n');
    line = trimmed(rest_.substr(0, end));
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++line_;
    return true;
  }

  /// `# escape=` at the top, which Windows' Dockerfiles have for their paths.
  void find_escape() {
    const std::string_view first = trimmed(rest_.substr(0, rest_.find('\n')));
    if (first.starts_with('#') && first.find("escape=`") != std::string_view::npos) escape_ = '`';
  }

  /// Leaves out the here-documents (`RUN <<EOF`) that the instruction begins.
  void skip_documents(std::string_view text) {
    for (std::size_t at = text.find("<<"); at != std::string_view::npos; at = text.find("<<", at + 2)) {
      std::string_view word = text.substr(at + 2);
      if (word.starts_with('-')) word.remove_prefix(1);
      if (word.starts_with('"') || word.starts_with('\'')) word.remove_prefix(1);
      std::size_t end = 0;
      while (end < word.size() && (std::isalnum(static_cast<unsigned char>(word[end])) != 0 || word[end] == '_'))
        ++end;
      if (end == 0) continue;
      for (std::string_view line; take(line) && line != word.substr(0, end);) {
      }
    }
  }

  std::string_view rest_;
  std::size_t line_ = 0;
  char escape_ = '\\';
};

/// Follows the instructions and builds the stages.
class StageReader {
 public:
  explicit StageReader(const std::map<std::string, std::string>& arguments)
      : given_(with_microsofts(arguments)), known_(given_) {}

  void follow(const DockerInstruction& one) {
    if (one.name == "FROM") return from(one);
    if (one.name == "ARG") return argument(one);
    if (stages_.empty()) return;
    DockerStage& stage = stages_.back();
    if (one.name == "USER") stage.user = put_in(one.arguments, known_);
    if (one.name == "ENV") environment(one, stage);
    if (one.name == "ENTRYPOINT") {
      stage.entrypoint = command_words(one.arguments);
      stage.command.clear();  // of the base: a new entry point starts without it
    }
    if (one.name == "CMD") stage.command = command_words(one.arguments);
    if (one.name == "COPY" || one.name == "ADD") copy(one, stage);
    if (one.name == "RUN") stage.runs.push_back(one);
  }

  std::vector<DockerStage> take() { return std::move(stages_); }

 private:
  /// Microsoft's images for .NET 8 and later set APP_UID themselves, and `USER $APP_UID` is what their templates write.
  static DockerVariables with_microsofts(const std::map<std::string, std::string>& arguments) {
    DockerVariables all(arguments.begin(), arguments.end());
    all.emplace("APP_UID", std::to_string(app_user));
    return all;
  }

  void from(const DockerInstruction& one) {
    DockerStage stage;
    stage.line = one.line;
    known_ = given_;
    for (const auto& [name, value] : global_)
      known_.emplace(name, value);
    std::vector<std::string> words = shell_words(put_in(one.arguments, known_));
    std::erase_if(words, [](const std::string& word) { return word.starts_with("--"); });
    if (!words.empty()) stage.base = words[0];
    if (words.size() > 2) stage.name = changed(words[2], std::tolower);
    known_ = given_;  // what stands before FROM is known in FROM alone, unless ARG names it again
    stages_.push_back(std::move(stage));
  }

  void argument(const DockerInstruction& one) {
    for (const std::string& word : shell_words(one.arguments)) {
      const std::size_t equals = word.find('=');
      const std::string name = word.substr(0, equals);
      std::string value = equals == std::string::npos ? "" : put_in(std::string_view(word).substr(equals + 1), known_);
      if (stages_.empty()) {
        global_.emplace(name, value);
        known_.emplace(name, value);
      } else {
        if (const auto global = global_.find(name); value.empty() && global != global_.end()) value = global->second;
        known_.emplace(name, std::move(value));
      }
    }
  }

  void environment(const DockerInstruction& one, DockerStage& stage) {
    const std::vector<std::string> words = shell_words(put_in(one.arguments, known_));
    if (words.empty()) return;
    if (words[0].find('=') == std::string::npos) {  // the older way: ENV NAME the whole rest
      std::string value;
      for (std::size_t index = 1; index < words.size(); ++index)
        value += (index > 1 ? " " : "") + words[index];
      return set(words[0], value, one.line, stage);
    }
    for (const std::string& word : words) {
      const std::size_t equals = word.find('=');
      if (equals != std::string::npos) set(word.substr(0, equals), word.substr(equals + 1), one.line, stage);
    }
  }

  void set(const std::string& name, const std::string& value, std::size_t line, DockerStage& stage) {
    known_[name] = value;
    stage.variables.push_back({name, value, line});
  }

  static void copy(const DockerInstruction& one, DockerStage& stage) {
    for (const std::string& word : shell_words(one.arguments))
      if (word.starts_with("--from=")) stage.copied_from.push_back(changed(word.substr(7), std::tolower));
  }

  const DockerVariables given_;
  DockerVariables global_;  // before the first FROM
  DockerVariables known_;
  std::vector<DockerStage> stages_;
};

}  // namespace

std::vector<DockerInstruction> docker_instructions(std::string_view text) {
  std::vector<DockerInstruction> instructions;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Lines lines(text);
  std::size_t line = 0;
  for (std::string one; instructions.size() < most_instructions && lines.next(one, line);) {
    const std::size_t end = std::min(one.find_first_of(" \t"), one.size());
    instructions.push_back(
        {changed(one.substr(0, end), std::toupper), std::string(trimmed(std::string_view(one).substr(end))), line});
  }
  return instructions;
}

std::vector<DockerStage> docker_stages(std::string_view text, const std::map<std::string, std::string>& arguments) {
  StageReader stages(arguments);
  for (const DockerInstruction& one : docker_instructions(text))
    stages.follow(one);
  return stages.take();
}

}  // namespace dotdiag
