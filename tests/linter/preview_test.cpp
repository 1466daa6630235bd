#include "linter/preview.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

/// `3 a|+ b`: each line with its number and mark.
std::string shown(std::string_view before, std::string_view after, std::size_t first_number = 1) {
  std::string text;
  for (const PreviewLine& line : preview_of(before, after, first_number))
    text += (text.empty() ? "" : "|") + std::to_string(line.number) + line.mark + line.text;
  return text;
}

}  // namespace

TEST_CASE("a preview shows each change behind the line before it") {
  CHECK(shown("a\nb\nc\n", "a\nb\nnew\nc\n") == "2 b|2+new");
  CHECK(shown("a\nb\nc\nd\n", "a\n1\nb\nc\n2\nd\n") == "1 a|1+1|3 c|3+2");
}

TEST_CASE("a preview shows what is taken out, with its number") {
  CHECK(shown("a\nold\nc\n", "a\nnew\nc\n") == "1 a|2-old|2+new");
}

TEST_CASE("a preview counts from where the text stands in its file, and leaves line breaks out") {
  CHECK(shown("a\r\nb\r\n", "a\r\nnew\r\nb\r\n", 40) == "40 a|40+new");
}

TEST_CASE("a preview of a change at either end") {
  CHECK(shown("a\n", "new\na\n") == "0+new");
  CHECK(shown("a", "a\nnew") == "1-a|1+a|1+new");
  CHECK(shown("a\n", "a\n").empty());
}
