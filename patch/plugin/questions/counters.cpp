// counters: what a process counts of itself, once or for a while.
#include "patch/plugin/questions/question.hpp"

namespace dotdiag {
namespace {

std::vector<std::string> command(const QuestionSettings& settings) {
  std::vector<std::string> words = {"counters"};
  const bool is_live = !settings.duration.empty();
  words.push_back(is_live ? "--duration=" + settings.duration : "--once");
  if (settings.format == "json")
    words.emplace_back("--format=jsonl");
  else if (is_live)
    words.emplace_back("--format=csv");
  return words;
}

}  // namespace

Question counters_question() {
  Question question;
  question.name = "counters";
  question.summary = "Shows what a process counts of itself: once, or live with -d";
  question.options = {{"--counters", "SOURCE", "A source of EventCounters: Microsoft.AspNetCore.Hosting"},
                      {"--meters", "METER", "A meter: System.Runtime, Microsoft.AspNetCore.Hosting"},
                      {"--interval", "SECONDS", "Between two values; default: 1"}};
  question.takes_duration = true;
  question.command = command;
  question.is_live = true;
  return question;
}

}  // namespace dotdiag
