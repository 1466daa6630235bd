#include "core/document/printable.hpp"
#include "core/document/error.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {

TEST_CASE("what would drive a terminal is shown in ASCII") {
  CHECK(printable("a\x1b[2Jb\t\n\x7f") == R"(a\x1b[2Jb\x09\x0a\x7f)");
  CHECK(printable("\u009b2J \u0080\u009f\u00a0") == "\\u009b2J \\u0080\\u009f\u00a0");
}

TEST_CASE("what turns round the direction of text is shown in ASCII") {
  CHECK(printable("\u061c\u200e\u200f\u202a\u202e\u2066\u2069") == R"(\u061c\u200e\u200f\u202a\u202e\u2066\u2069)");
  CHECK(printable("\u200d\u2029\u202f\u2065") == "\u200d\u2029\u202f\u2065");
  CHECK(printable("\u05e9\u05dc\u05d5\u05dd") == "\u05e9\u05dc\u05d5\u05dd");  // what is written so by itself stays
}

TEST_CASE("what is no UTF-8 is shown byte by byte") {
  CHECK(printable("caf\xe9 \xff\xc3\xa9") == "caf\\xe9 \\xff\u00e9");
}

TEST_CASE("line breaks stay where lines are meant") {
  CHECK(printable_lines("a\n  b\x1b\r\n") == "a\n  b\\x1b\\x0d\n");
}

TEST_CASE("on one line each character stays one") {
  CHECK(one_line("a\nrm -rf /\r\x1b[2J\x7f\u202e\xff") == "a?rm -rf /??[2J???");
  CHECK(one_line("\t\u00fcn\u00efc\u00f6d\u00e9 \U0001F600") == "\t\u00fcn\u00efc\u00f6d\u00e9 \U0001F600");
}

TEST_CASE("an error may go to a terminal, whatever the input holds") {
  const InputError error("a\x1b[2J.yaml", {1, 2}, "no rule begins with \u202e:\n  here", "\xff");
  CHECK(std::string(error.what()) == "a\\x1b[2J.yaml:1:2: no rule begins with \\u202e:\n  here: \\xff");
  CHECK(error.file() == "a\x1b[2J.yaml");
}

}  // namespace dotdiag::test
