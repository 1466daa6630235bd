#include "core/document/utf.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {

TEST_CASE("characters are counted and cut whole") {
  const std::string text = "a\u00e9\u20ac\U0001F600z";  // of one, two, three, four and one byte
  CHECK(count_characters(text) == 5);
  CHECK(first_characters(text, 0) == "");
  CHECK(first_characters(text, 1) == "a");
  CHECK(first_characters(text, 2) == "a\u00e9");
  CHECK(first_characters(text, 3) == "a\u00e9\u20ac");
  CHECK(first_characters(text, 4) == "a\u00e9\u20ac\U0001F600");
  CHECK(first_characters(text, 5) == text);
  CHECK(first_characters(text, 6) == text);
}

TEST_CASE("a text is shortened to a number of characters, the dots among them") {
  CHECK(shortened("\u00e9\u00e9\u00e9\u00e9\u00e9", 5) == "\u00e9\u00e9\u00e9\u00e9\u00e9");
  CHECK(shortened("\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9", 5) == "\u00e9\u00e9...");
  CHECK(shortened("abcd", 4) == "abcd");
  CHECK(shortened("abcde", 4) == "a...");
  CHECK(shortened("abcde", 3) == "");
  CHECK(shortened("", 0) == "");
}

}  // namespace dotdiag::test
