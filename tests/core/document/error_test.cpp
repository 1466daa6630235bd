#include "core/document/error.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace dotdiag;

TEST_CASE("an input error reads file, place, problem, remedy, as far as they are known") {
  CHECK(std::string(InputError("a.yaml", {3, 7}, "bad", "mend it").what()) == "a.yaml:3:7: bad: mend it");
  CHECK(std::string(InputError("a.yaml", {3, 7}, "bad").what()) == "a.yaml:3:7: bad");
  CHECK(std::string(InputError("a.yaml", {}, "bad").what()) == "a.yaml: bad");
}
