// Numbers and texts of the protocol, at their limits.
#include "core/diagnostics/bytes.hpp"

#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/utf16.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::diagnostics;
using namespace std::string_literals;

TEST_CASE("numbers are little-endian, and read as they were written") {
  const std::string bytes = ByteWriter().u8(1).u16(0x302).u32(0x7060504).u64(0xF0E0D0C0B0A0908).take();
  CHECK(bytes == "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F"s);
  ByteReader reader(bytes);
  CHECK(reader.u8() == 1);
  CHECK(reader.u16() == 0x302);
  CHECK(reader.u32() == 0x7060504);
  CHECK(reader.u64() == 0xF0E0D0C0B0A0908);
  CHECK(reader.at_end());
}

TEST_CASE("a text is counted with its zero, in UTF-16, and comes back") {
  const auto text = GENERATE(as<std::string>{}, "", "a", "/tmp/a.dmp", "grün", "\xF0\x9F\x90\x98 elephant");
  const std::string bytes = ByteWriter().counted(text).take();
  CHECK(ByteReader(bytes).counted() == text);
  CHECK(bytes.size() == 4 + 2 * (utf16_from_utf8(text).size() + 1));
}

TEST_CASE("a variable number has seven bits a byte, lowest first") {
  CHECK(ByteReader("\x7F").varuint() == 127);
  CHECK(ByteReader("\x80\x01").varuint() == 128);
  CHECK(ByteReader("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01").varuint() == 0xFFFFFFFFFFFFFFFF);
  CHECK_THROWS_AS(ByteReader("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01").varuint(), Failure);
}

TEST_CASE("a reader never leaves its bytes, and says where it stopped") {
  CHECK_THROWS_WITH(ByteReader("abc", 100).u32(), "at byte 100: 4 bytes are announced, 3 are there");
  CHECK_THROWS_WITH(ByteReader("\xFF\xFF\xFF\xFF"
                               "ab"s)
                        .counted(),
                    "at byte 4: 8589934590 bytes are announced, 2 are there");
  CHECK_THROWS_AS(ByteReader("a\0b\0"s).zero_terminated(), Failure);
  CHECK_THROWS_AS(ByteReader("a\0\0"s).zero_terminated(), Failure);
  CHECK_THROWS_WITH(ByteReader("\x01\0\0\0a\0"s).counted(), "at byte 6: a text does not end with a zero");
}

TEST_CASE("broken text becomes a replacement, never an error") {
  CHECK(utf8_from_utf16("\0\xD8"
                        "a\0"s) ==
        "\xEF\xBF\xBD"
        "a");
  CHECK(utf8_from_utf16("\0\xDC"s) == "\xEF\xBF\xBD");
  CHECK(utf16_from_utf8("\xFF") == u"\xFFFD");
  CHECK(utf16_from_utf8("\xE2\x82") == u"\xFFFD");
}
