#include "reference/footer.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::reference;

namespace {

/// `[heading] line / line`, a section a line.
std::string shown(std::string_view footer) {
  std::string text;
  for (const Section& section : sections_of(footer)) {
    text += "[" + section.heading + "]";
    for (const std::string& line : section.lines)
      text += " " + line + " /";
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("a listing goes on over indented and empty lines") {
  CHECK(shown("Examples:\n  one\n\n  two |\n    three\n\nAfter it.") ==
        "[Examples] one /  / two | /   three /\n[] After it. /\n");
}

TEST_CASE("two listings follow each other") {
  CHECK(shown("Formats:\n  a  b\n\nExamples:\n  c") == "[Formats] a  b /\n[Examples] c /\n");
}

TEST_CASE("paragraphs end at an empty line") {
  CHECK(shown("One\nand on.\n\nTwo.") == "[] One / and on. /\n[] Two. /\n");
  CHECK(shown("") == "");
}

TEST_CASE("exit codes are a paragraph of their own") {
  const auto sections = sections_of("Answers.\nExit code 0, or 2.\n\nExamples:\n  one");
  REQUIRE(sections.size() == 3);
  CHECK_FALSE(is_about_exit_codes(sections[0]));
  CHECK(is_about_exit_codes(sections[1]));
  CHECK_FALSE(is_about_exit_codes(sections[2]));
}
