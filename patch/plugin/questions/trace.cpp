// trace: the events of a process for a while.
#include "patch/plugin/questions/question.hpp"
#include "patch/plugin/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::uint64_t default_buffer = 256u << 20;

std::vector<std::string> command(const QuestionSettings& settings) {
  std::vector<std::string> words = {"trace", "--output=-", "--yes"};
  if (!settings.duration.empty()) words.push_back("--duration=" + settings.duration);
  return words;
}

Price price(const ProcessCost& cost, const QuestionSettings& settings) {
  Price price;
  price.memory = buffer_bytes(cost, passed_value(settings, "buffer"), default_buffer);
  price.words = "recording " + cost.process + " takes up to " + size_words(price.memory) +
                " of its memory, and the sampler stops its threads for a moment about 900 times a second";
  return price;
}

std::string open_with(const std::string& file, const QuestionSettings& settings) {
  if (passed_value(settings, "format") == "speedscope") return "https://www.speedscope.app (it stays in the browser)";
  return "PerfView or Visual Studio, or: dotdiag-collect convert " + word_for_any_shell(file);
}

}  // namespace

Question trace_question() {
  Question question;
  question.name = "trace";
  question.summary = "Records the events of a process into a .nettrace file";
  question.ending = ".nettrace";
  question.options = {{"--profile", "NAME", "What to record; default: sampled"},
                      {"--provider", "NAME:KEYWORDS:LEVEL:ARGS", "A provider beside or instead of a profile"},
                      {"--no-rundown", nullptr, "Leave the names of methods out: a smaller file, a quicker end"},
                      {"--buffer", "MB", "The session's buffer, in the memory of the process; default: 256"},
                      {"--format", "FORMAT", "nettrace or speedscope (samples only)", {"nettrace", "speedscope"}}};
  question.takes_duration = true;
  question.command = command;
  question.price = price;
  question.again = "what was recorded is gone, and it would be recorded anew";
  question.open_with = open_with;
  return question;
}

}  // namespace dotdiag
