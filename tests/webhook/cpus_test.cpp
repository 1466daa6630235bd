#include "webhook/cpus.hpp"

#include <catch2/catch.hpp>

using dotdiag::threads_for;

TEST_CASE("threads follow the container's limit, the machine, and never exceed four") {
  struct Case {
    const char* cpu_max;
    unsigned processors;
    unsigned threads;
  };
  const Case cases[] = {
      {"max 100000\n", 2, 2},    {"max 100000\n", 64, 4},  {"200000 100000\n", 64, 2}, {"50000 100000\n", 8, 1},
      {"150000 100000\n", 8, 2}, {"800000 100000", 64, 4}, {"400000 100000", 2, 2},    {"", 3, 3},
      {"nonsense", 3, 3},        {"-1 100000", 3, 3},      {"100000 0", 3, 3},         {"max 100000", 0, 1},
      {"1e300 1", 3, 3},
  };
  for (const Case& c : cases) {
    CAPTURE(c.cpu_max, c.processors);
    CHECK(threads_for(c.cpu_max, c.processors) == c.threads);
  }
}
