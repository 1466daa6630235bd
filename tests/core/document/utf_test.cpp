#include "core/document/utf.hpp"

#include <catch2/catch.hpp>

#include <vector>

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

TEST_CASE("a text is read character by character, and what is none is a byte") {
  std::vector<std::optional<char32_t>> read;
  for (std::string_view text = "a\u00e9\u20ac\U0001F600\xe9z\xc3"; !text.empty();) {
    const Character character = first_character(text);
    read.push_back(character.code_point);
    text.remove_prefix(character.bytes.size());
  }
  CHECK(read == std::vector<std::optional<char32_t>>{U'a', 0xE9, 0x20AC, 0x1F600, std::nullopt, U'z', std::nullopt});
}

TEST_CASE("what is no UTF-8 is replaced byte by byte, and the rest stays") {
  CHECK(valid_utf8("a\u00e9\xff\xc3z\xe2\x82") == "a\u00e9\uFFFD\uFFFDz\uFFFD\uFFFD");
  CHECK(valid_utf8("\u20ac") == "\u20ac");
  CHECK(valid_utf8("") == "");
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
