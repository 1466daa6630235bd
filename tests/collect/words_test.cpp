// Counts and columns.
#include "collect/words.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::collect;

TEST_CASE("digits stand in groups of three") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1 000");
  CHECK(grouped(5'000'443) == "5 000 443");
}

TEST_CASE("columns are as wide as their widest cell") {
  CHECK(table({{"N", "NAME"}, {"12", "a"}}, {true, false}) == " N  NAME\n12  a\n");
}

TEST_CASE("what a terminal would act upon is not shown to it") {
  CHECK(printable("a\x1B[2Jb\n\x7F") == "a?[2Jb??");
  CHECK(printable("gr\xC3\xBCn") == "gr\xC3\xBCn");
}
