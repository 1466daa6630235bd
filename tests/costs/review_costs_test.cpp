// What one admission review asks of the heap. A budget is what was measured, with a fiftieth to spare for other
// libraries: lower it where work is removed, and raise it only for work that is worth it.
#include "tests/support/allocations.hpp"
#include "tests/support/recorded_reviews.hpp"
#include "webhook/admission.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

/// The allocations of one answer, after another that loads the built-in policies.
std::size_t cost_of(const std::string& review, std::string_view result) {
  const AdmissionSettings settings;
  REQUIRE(answer_review(review, settings).result == result);
  return allocations_of([&] { answer_review(review, settings); });
}

}  // namespace

TEST_CASE("a review of an opted-in Deployment stays within its budget") {
  CHECK(cost_of(opted_in_review(), "mutated") <= 942);
}

TEST_CASE("a review that does not opt in is decided before its pod is built") {
  CHECK(cost_of(plain_review(), "unchanged") <= 85);
}

TEST_CASE("a container among a hundred costs at most half more than one among ten") {
  const auto one = cost_of(opted_in_review_with(0), "mutated");
  const auto each_of_ten = (cost_of(opted_in_review_with(9), "mutated") - one) / 9;
  const auto each_of_99 = (cost_of(opted_in_review_with(98), "mutated") - one) / 98;
  CAPTURE(one, each_of_ten, each_of_99);
  CHECK(each_of_99 <= each_of_ten + each_of_ten / 2);
}

TEST_CASE("a second answer costs what the first one does") {
  const std::string review = opted_in_review();
  CHECK(cost_of(review, "mutated") == cost_of(review, "mutated"));
}

}  // namespace dotdiag::test
