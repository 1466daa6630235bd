// The command line: what is understood, and what is said of what is not.
#include "collect/arguments.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::collect;

namespace {

const std::vector<Option> options = {
    {"output", 'o', "FILE", "where to"}, {"yes", 'y', "", "do not ask"}, {"top", 'n', "N", "how many"}};

Arguments read(const std::vector<std::string>& words, std::size_t most = 1) {
  return Arguments(words, options, most);
}

}  // namespace

TEST_CASE("an option's value stands behind it, after an equals sign, or at its letter") {
  const auto words = GENERATE(values<std::vector<std::string>>(
      {{"--output", "a=b"}, {"--output=a=b"}, {"-o", "a=b"}, {"-oa=b"}, {"-o", "first", "-o", "a=b"}}));
  CHECK(read(words).text("output") == "a=b");
}

TEST_CASE("flags and words stand anywhere, and after two dashes everything is a word") {
  const Arguments arguments = read({"word", "-y", "--", "--output"}, 2);
  CHECK(arguments.has("yes"));
  CHECK_FALSE(arguments.has("output"));
  CHECK(arguments.positional() == std::vector<std::string>{"word", "--output"});
  CHECK(read({"-"}).positional() == std::vector<std::string>{"-"});
}

TEST_CASE("an option that may repeat gives all its values") {
  CHECK(read({"-o", "a", "-o", "b"}).all("output") == std::vector<std::string>{"a", "b"});
  CHECK(read({}).all("output").empty());
}

TEST_CASE("misuse is said with what to do") {
  CHECK_THROWS_WITH(read({"--outputs", "a"}), "unknown option --outputs: see --help");
  CHECK_THROWS_WITH(read({"-x"}), "unknown option -x: see --help");
  CHECK_THROWS_WITH(read({"--output"}), "--output needs a value: give FILE");
  CHECK_THROWS_WITH(read({"--yes=no"}), "--yes takes no value: leave it out");
  CHECK_THROWS_WITH(read({"a", "b"}), "unexpected word 'b': see --help");
  CHECK_THROWS_WITH(read({"--top", "ten"}).number("top", 1, 1, 9), "--top ten: give a whole number from 1 to 9");
  CHECK_THROWS_AS(read({"--top", "10"}).number("top", 1, 1, 9), Misuse);
  CHECK_THROWS_WITH(read({"-o", "xml"}).one_of("output", {"table", "json"}), "--output xml: give one of table, json");
}

TEST_CASE("a time has seconds, minutes or hours") {
  CHECK(parse_seconds("90") == 90);
  CHECK(parse_seconds("30s") == 30);
  CHECK(parse_seconds("5m") == 300);
  CHECK(parse_seconds("1h") == 3600);
  for (const char* text : {"", "s", "-1", "1d", "1.5s", "99999999999h"})
    CHECK_THROWS_AS(parse_seconds(text), Misuse);
}

TEST_CASE("what was not given is what is said to be the default") {
  CHECK(read({}).text("output", "-") == "-");
  CHECK(read({}).number("top", 20, 1, 99) == 20);
  CHECK(read({}).one_of("output", {"table", "json"}) == "table");
}
