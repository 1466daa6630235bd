#include "linter/sources/docker_words.hpp"

#include "core/document/json.hpp"

#include <algorithm>
#include <cctype>

namespace dotdiag {
namespace {

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The value of what stands between the braces: `NAME`, `NAME:-default`, `NAME:+other`. Defaults are taken as they are
/// written: what is nested in them is not worth a parser.
std::string value_of(std::string_view inside, const DockerVariables& variables) {
  std::size_t end = 0;
  while (end < inside.size() && is_name_character(inside[end]))
    ++end;
  const auto found = variables.find(inside.substr(0, end));
  const bool is_set = found != variables.end() && !found->second.empty();
  std::string_view rest = inside.substr(end);
  if (rest.starts_with(':')) rest.remove_prefix(1);
  if (rest.starts_with('+')) return is_set ? std::string(rest.substr(1)) : "";
  if (is_set) return found->second;
  return rest.starts_with('-') ? std::string(rest.substr(1)) : "";
}

}  // namespace

std::string put_in(std::string_view text, const DockerVariables& variables) {
  std::string result;
  while (!text.empty()) {
    const std::size_t dollar = std::min(text.find('$'), text.size());
    result += text.substr(0, dollar);
    text.remove_prefix(std::min(dollar + 1, text.size()));
    if (text.empty()) break;
    if (text.front() == '{') {
      const std::size_t close = text.find('}');
      if (close == std::string_view::npos) break;
      result += value_of(text.substr(1, close - 1), variables);
      text.remove_prefix(close + 1);
    } else {
      std::size_t end = 0;
      while (end < text.size() && is_name_character(text[end]))
        ++end;
      result += value_of(text.substr(0, end), variables);
      text.remove_prefix(end);
    }
  }
  return result;
}

std::vector<std::string> shell_words(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false;
  char quote = 0;
  for (const char c : text) {
    if (quote != 0 ? c == quote : c == '"' || c == '\'') {
      quote = quote != 0 ? '\0' : c;
      if (!in_word) words.emplace_back();
      in_word = true;
    } else if (quote == 0 && std::isspace(static_cast<unsigned char>(c)) != 0) {
      in_word = false;
    } else {
      if (!in_word) words.emplace_back();
      in_word = true;
      words.back() += c;
    }
  }
  return words;
}

std::vector<std::string> command_words(std::string_view text) {
  const Json list = Json::parse(text, nullptr, false);
  if (!list.is_array()) return shell_words(text);
  std::vector<std::string> words;
  for (const Json& word : list)
    if (word.is_string()) words.push_back(word.get<std::string>());
  return words;
}

}  // namespace dotdiag
