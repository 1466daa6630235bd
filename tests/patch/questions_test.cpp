// What each question of `kubectl dotdiag` asks dotdiag-collect for.
#include "patch/plugin/questions/question.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace dotdiag {
namespace {

std::vector<std::string> command_of(const std::string& name, const std::string& format) {
  const auto& all = questions();
  const auto question = std::find_if(all.begin(), all.end(), [&](const Question& one) { return one.name == name; });
  REQUIRE(question != all.end());
  QuestionSettings settings;
  settings.format = format;
  return question->command(settings);
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("an answer for the terminal is text, and JSON where that is asked for") {
  CHECK(command_of("ps", "text") == Words{"ps"});
  CHECK(command_of("ps", "json") == Words{"ps", "--format=json"});
  CHECK(command_of("stacks", "text") == Words{"stacks"});
  CHECK(command_of("stacks", "json") == Words{"stacks", "--format=json"});
  CHECK(command_of("heap", "text") == Words{"heap", "--yes"});
  CHECK(command_of("heap", "json") == Words{"heap", "--yes", "--format=json"});
}

}  // namespace dotdiag
