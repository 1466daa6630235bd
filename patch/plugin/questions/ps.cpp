// ps: which .NET processes there are, and why one cannot be asked.
#include "patch/plugin/questions/question.hpp"

namespace dotdiag {
namespace {

std::vector<std::string> command(const QuestionSettings& settings) {
  return in_format({"ps"}, settings);
}

}  // namespace

Question ps_question() {
  Question question;
  question.name = "ps";
  question.summary = "Lists the .NET processes of a pod, and says of each that cannot be asked why not";
  question.command = command;
  return question;
}

}  // namespace dotdiag
