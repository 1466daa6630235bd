#include "linter/in_order.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <stdexcept>

using namespace dotdiag;

namespace {

std::size_t slow_for_even(std::size_t index) {
  if (index % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  return index;
}

}  // namespace

TEST_CASE("results arrive in order, whichever thread is first") {
  for (const std::size_t threads : {1U, 2U, 8U}) {
    std::vector<std::size_t> seen;
    for_each_in_order(20, threads, slow_for_even, [&](std::size_t result) {
      seen.push_back(result);
      return true;
    });
    REQUIRE(seen.size() == 20);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
  }
}

TEST_CASE("nothing more is started once a result was enough") {
  std::atomic<std::size_t> started = 0;
  const auto work = [&](std::size_t index) {
    ++started;
    return slow_for_even(index);
  };
  for_each_in_order(1000, 2, work, [](std::size_t) { return false; });
  CHECK(started < 100);
}

TEST_CASE("an exception comes out, and the threads end") {
  const auto work = [](std::size_t index) -> int {
    if (index == 3) throw std::runtime_error("third");
    return 0;
  };
  CHECK_THROWS_WITH(for_each_in_order(100, 4, work, [](int) { return true; }), "third");
}

TEST_CASE("no work is no problem") {
  for_each_in_order(0, 4, slow_for_even, [](std::size_t) { return true; });
}
