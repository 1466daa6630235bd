// The sum is that of the standard.
#include "core/transfer/sha256.hpp"

#include <catch2/catch.hpp>

TEST_CASE("the sum is the one of the standard's example") {
  dotdiag::transfer::Sha256 sum;
  sum.add("a");
  sum.add("bc");
  CHECK(sum.finish() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
