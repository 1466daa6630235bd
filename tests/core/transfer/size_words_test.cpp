// Sizes as people read them.
#include "core/transfer/size_words.hpp"

#include <catch2/catch.hpp>

using dotdiag::transfer::size_words;

TEST_CASE("a size has two or three digits and a unit") {
  CHECK(size_words(0) == "0 bytes");
  CHECK(size_words(1) == "1 byte");
  CHECK(size_words(999) == "999 bytes");
  CHECK(size_words(1000) == "1.0 kB");
  CHECK(size_words(9'960) == "10 kB");
  CHECK(size_words(123'456'789) == "123 MB");
  CHECK(size_words(999'999'999) == "1.0 GB");
  CHECK(size_words(999'600) == "1.0 MB");
}
