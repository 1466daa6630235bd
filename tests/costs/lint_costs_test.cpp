// What linting a file asks of the heap. A budget is what was measured, with a fiftieth to spare for other libraries:
// lower it where work is removed, and raise it only for work that is worth it.
#include "linter/lint_file.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/manifests.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

/// The allocations of linting `count` Deployments in one file, after another file that loads the built-in policies.
std::size_t cost_of(int count) {
  const FileSettings settings;
  const Input one = deployments(1);
  const Input input = deployments(count);
  REQUIRE(lint_file(one, settings).summary.judged == 1);
  return allocations_of([&] { lint_file(input, settings); });
}

}  // namespace

TEST_CASE("linting one Deployment stays within its budget") {
  CHECK(cost_of(1) <= 1850);
}

TEST_CASE("each document of a file costs the same, however many there are") {
  const auto one = cost_of(1);
  const auto each_of_ten = (cost_of(10) - one) / 9;
  const auto each_of_thousand = (cost_of(1000) - one) / 999;
  CAPTURE(one, each_of_ten, each_of_thousand);
  CHECK(each_of_thousand <= each_of_ten + each_of_ten / 10);
}

}  // namespace dotdiag::test
