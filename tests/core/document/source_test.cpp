#include "core/document/source.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace std::string_literals;

namespace {

std::string refusal_of_bytes(const std::string& bytes) {
  try {
    const Source source("f", bytes);
    return "accepted";
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("lines end at LF, CR LF and CR, and columns count characters") {
  const Source source("f", "ab\ncd\r\nef\rg\xC3\xBC\xF0\x9F\x98\x80h");
  struct Example {
    std::size_t offset;
    Position position;
  };
  const Example examples[] = {
      {0, {1, 1}},  {2, {1, 3}},  {3, {2, 1}},  {5, {2, 3}},  {7, {3, 1}},
      {10, {4, 1}}, {11, {4, 2}}, {13, {4, 3}}, {17, {4, 4}}, {18, {4, 5}},
  };
  for (const Example& example : examples) {
    INFO(example.offset);
    CHECK(source.position(example.offset) == example.position);
  }
  CHECK(source.line(1) == "ab");
  CHECK(source.line(2) == "cd");
  CHECK(source.line(3) == "ef");
  CHECK(source.line(4) == "g\xC3\xBC\xF0\x9F\x98\x80h");
  CHECK(source.line(0).empty());
  CHECK(source.line(5).empty());
}

TEST_CASE("columns stay right behind many kilobytes of one line") {
  std::string text;
  for (int i = 0; i < 5000; ++i)
    text += i % 3 == 0 ? "\xE2\x82\xAC" : "x";
  const Source source("f", text + "\n\xE2\x82\xAC!");
  CHECK(source.position(text.size()) == Position{1, 5001});
  CHECK(source.position(text.size() + 4) == Position{2, 2});
}

TEST_CASE("a byte order mark is remembered and not part of the text") {
  const Source source("f",
                      "\xEF\xBB\xBF"
                      "a: 1");
  CHECK(source.text() == "a: 1");
  CHECK(source.has_byte_order_mark());
  CHECK(source.encoding() == Source::Encoding::utf8);
  CHECK_FALSE(Source("f", "a").has_byte_order_mark());
}

TEST_CASE("UTF-16 with a byte order mark is transcoded") {
  const Source little("f",
                      "\xFF\xFE"
                      "a\0\xFC\0\x3D\xD8\x00\xDE"s);
  CHECK(little.text() == "a\xC3\xBC\xF0\x9F\x98\x80");
  CHECK(little.encoding() == Source::Encoding::utf16le);
  const Source big("f", "\xFE\xFF\0a\0\xFC\xD8\x3D\xDE\x00"s);
  CHECK(big.text() == little.text());
  CHECK(big.encoding() == Source::Encoding::utf16be);
}

TEST_CASE("what is not text is refused with its place") {
  struct Example {
    const char* why;
    std::string bytes;
    std::string error;
  };
  const Example examples[] = {
      {"lone continuation byte", "a\n\xC3\xBCz\x80", "f:2:3: invalid UTF-8 at byte 5: "},
      {"behind a byte order mark",
       "\xEF\xBB\xBF"
       "ab\xFF",
       "f:1:3: invalid UTF-8 at byte 5: "},
      {"overlong slash", "\xC0\xAF", "f:1:1: invalid UTF-8 at byte 0: "},
      {"overlong in three bytes", "\xE0\x80\xAF", "f:1:1: invalid UTF-8 at byte 0: "},
      {"overlong in four bytes", "\xF0\x80\x80\xAF", "f:1:1: invalid UTF-8 at byte 0: "},
      {"surrogate", "\xED\xA0\x80", "f:1:1: invalid UTF-8 at byte 0: "},
      {"above U+10FFFF", "\xF4\x90\x80\x80", "f:1:1: invalid UTF-8 at byte 0: "},
      {"cut short", "abcdefghij\xE2\x82", "f:1:11: invalid UTF-8 at byte 10: "},
      {"NUL", "a: 1\nb: \0"s, "f:2:4: a NUL character at byte 8: "},
      {"UTF-16 without a mark", "a\0"s, "f:1:2: a NUL character at byte 1: "},
      {"UTF-16 cut short",
       "\xFF\xFE"
       "a\0b"s,
       "f:1:2: invalid UTF-16 at byte 4: "},
      {"half a surrogate pair",
       "\xFF\xFE"
       "\x3D\xD8"
       "a\0"s,
       "f:1:1: invalid UTF-16 at byte 2: "},
      {"wrong half first", "\xFE\xFF\xDE\x00"s, "f:1:1: invalid UTF-16 at byte 2: "},
      {"NUL in UTF-16",
       "\xFF\xFE"
       "a\0\0\0"s,
       "f:1:2: a NUL character: "},
  };
  for (const Example& example : examples) {
    INFO(example.why);
    CHECK_THAT(refusal_of_bytes(example.bytes), Catch::StartsWith(example.error));
  }
  CHECK(refusal_of_bytes("\xF4\x8F\xBF\xBF\xEE\x80\x80\xED\x9F\xBF") == "accepted");
  CHECK(refusal_of_bytes("") == "accepted");
}
