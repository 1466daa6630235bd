// heap: which types take the memory of a process.
#include "patch/plugin/questions/question.hpp"

namespace dotdiag {
namespace {

std::vector<std::string> command(const QuestionSettings& settings) {
  return in_format({"heap", "--yes"}, settings);
}

Price price(const ProcessCost& cost, const QuestionSettings& settings) {
  Price price = price_of_snapshot(cost, passed_value(settings, "buffer"));
  if (!passed_value(settings, "after").empty()) price.words += "; twice";
  return price;
}

}  // namespace

Question heap_question() {
  Question question;
  question.name = "heap";
  question.summary = "Counts the objects on the heap of a process by type";
  question.options = {{"--after", "TIME", "Take a second snapshot after this time and show what grew"},
                      {"--top", "N", "How many types; default: 20"},
                      {"--sort", "ORDER", "bytes or count; default: bytes", {"bytes", "count"}},
                      {"--buffer", "MB", "The session's buffer, in the memory of the process"}};
  question.command = command;
  question.price = price;
  question.again = "the process would collect its garbage and stand still once more";
  return question;
}

}  // namespace dotdiag
