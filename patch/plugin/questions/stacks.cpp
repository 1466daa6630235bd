// stacks: where every managed thread of a process is now.
#include "patch/plugin/questions/question.hpp"

namespace dotdiag {
namespace {

std::vector<std::string> command(const QuestionSettings& settings) {
  return in_format({"stacks"}, settings);
}

}  // namespace

Question stacks_question() {
  Question question;
  question.name = "stacks";
  question.summary = "Shows where every managed thread of a process is, threads at the same place together";
  question.command = command;
  return question;
}

}  // namespace dotdiag
