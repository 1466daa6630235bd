#include "patch/plugin/questions/question.hpp"

namespace dotdiag {

const std::vector<Question>& questions() {
  static const std::vector<Question> all = {
      dump_question(),     heap_question(),  gcdump_question(), stacks_question(),
      counters_question(), trace_question(), ps_question(),
  };
  return all;
}

std::vector<std::string> in_format(std::vector<std::string> words, const QuestionSettings& settings) {
  if (settings.format == "json") words.emplace_back("--format=json");
  return words;
}

std::string passed_value(const QuestionSettings& settings, std::string_view name) {
  const std::string head = "--" + std::string(name) + "=";
  std::string value;
  for (const std::string& word : settings.passed)
    if (word.starts_with(head)) value = word.substr(head.size());
  return value;
}

}  // namespace dotdiag
