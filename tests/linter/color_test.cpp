#include "linter/color.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>

using namespace dotdiag;

TEST_CASE("the flag wins over NO_COLOR, that over FORCE_COLOR, that over CLICOLOR and TERM, those over the terminal") {
  struct Example {
    ColorMode mode;
    std::map<std::string, std::string, std::less<>> environment;
    bool is_terminal;
    bool expected;
  };
  const Example examples[] = {
      {ColorMode::automatic, {}, true, true},
      {ColorMode::automatic, {}, false, false},
      {ColorMode::always, {{"NO_COLOR", "1"}}, false, true},
      {ColorMode::never, {{"FORCE_COLOR", "1"}}, true, false},
      {ColorMode::automatic, {{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}}, true, false},
      {ColorMode::automatic, {{"NO_COLOR", ""}}, true, true},
      {ColorMode::automatic, {{"FORCE_COLOR", "1"}}, false, true},
      {ColorMode::automatic, {{"FORCE_COLOR", ""}}, false, false},
      {ColorMode::automatic, {{"CLICOLOR_FORCE", "1"}, {"TERM", "dumb"}}, false, true},
      {ColorMode::automatic, {{"CLICOLOR", "0"}}, true, false},
      {ColorMode::automatic, {{"TERM", "dumb"}}, true, false},
      {ColorMode::automatic, {{"TERM", "xterm"}, {"CLICOLOR", "1"}}, true, true},
  };
  for (const Example& example : examples) {
    const auto variable = [&](std::string_view name) {
      const auto found = example.environment.find(name);
      return found == example.environment.end() ? "" : found->second;
    };
    CAPTURE(&example - examples);
    CHECK(use_color(example.mode, variable, example.is_terminal) == example.expected);
  }
}
