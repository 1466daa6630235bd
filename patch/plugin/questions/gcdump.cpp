// gcdump: the heap with all its references, for PerfView and Visual Studio.
#include "patch/plugin/questions/question.hpp"
#include "patch/plugin/words.hpp"

namespace dotdiag {
namespace {

std::vector<std::string> command(const QuestionSettings&) {
  return {"gcdump", "--output=-", "--yes"};
}

Price price(const ProcessCost& cost, const QuestionSettings& settings) {
  return price_of_snapshot(cost, passed_value(settings, "buffer"));
}

std::string open_with(const std::string& file, const QuestionSettings&) {
  return "PerfView or Visual Studio, or: dotnet-gcdump report " + word_for_any_shell(file);
}

}  // namespace

Question gcdump_question() {
  Question question;
  question.name = "gcdump";
  question.summary = "Brings the heap of a process with its references here, as a file for PerfView and Visual Studio";
  question.ending = ".gcdump";
  question.options = {{"--incomplete", nullptr, "Keep the file even where something is missing from the snapshot"},
                      {"--buffer", "MB", "The session's buffer, in the memory of the process"}};
  question.command = command;
  question.price = price;
  question.again = "the process would collect its garbage and stand still once more";
  question.open_with = open_with;
  return question;
}

}  // namespace dotdiag
