// Properties of the answer over random workloads. A failure prints the seed; DOTDIAG_PROPERTY_SEED starts there,
// DOTDIAG_PROPERTY_OBJECTS says how many are tried.
#include "tests/support/only_adds.hpp"
#include "tests/support/opted_in_workload.hpp"
#include "tests/support/review.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

namespace dotdiag::test {
namespace {

/// The number in the environment variable `name`, else `otherwise`.
int number_from(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

bool overrides(const Json& object) {
  return object["metadata"]["annotations"].value("dotdiag.io/on-conflict", "") == "override";
}

/// What another JSON Patch library makes of the patch.
Json patched_by_nlohmann(const Json& object, const Json& patch) {
  return Json(nlohmann::json::parse(object.dump()).patch(nlohmann::json::parse(patch.dump())));
}

/// What becomes of the object where its namespace opts it in instead of its own annotation.
Json mutated_by_default(Json object) {
  const Json annotation = object["metadata"]["annotations"]["dotdiag.io/inject"];
  object["metadata"]["annotations"].erase("dotdiag.io/inject");
  AdmissionSettings settings;
  settings.by_default = annotation.get<std::string>();
  Json result = ask(make_review(object), settings).object;
  result["metadata"]["annotations"]["dotdiag.io/inject"] = annotation;
  return result;
}

/// True where the object was mutated.
bool check_properties(std::uint64_t seed) {
  INFO("seed " << seed);
  const Json object = opted_in_workload(seed);
  const Json review = make_review(object);
  const std::string body = review.dump();

  const AdmissionAnswer answer = answer_review(body, {});
  INFO(answer.reason);
  REQUIRE(answer.result != "error");
  REQUIRE(answer.body == answer_review(body, {}).body);
  const Verdict verdict = verify(review, answer);
  REQUIRE(verdict.fault == "");
  REQUIRE(nothing_left_to_add(verdict.object));
  if (seed % 4 == 0) REQUIRE(same_document(mutated_by_default(object), verdict.object));
  if (verdict.patch.is_null()) return false;

  if (!overrides(object)) REQUIRE(only_adds(object, verdict.object));
  REQUIRE(same_document(verdict.object, patched_by_nlohmann(object, verdict.patch)));
  REQUIRE(ask(make_review(verdict.object)).patch.is_null());
  return true;
}

/// Tries the first or second half of the objects: two tests, because two run at one time.
void try_half(int half) {
  const int objects = number_from("DOTDIAG_PROPERTY_OBJECTS", 4'000) / 2;
  const int first = number_from("DOTDIAG_PROPERTY_SEED", 1) + half * objects;
  int mutated = 0;
  for (int seed = first; seed < first + objects; ++seed) {
    if (check_properties(static_cast<std::uint64_t>(seed))) ++mutated;
  }
  WARN(objects << " objects from seed " << first << " on, " << mutated << " of them mutated");
  CHECK(mutated > objects / 2);
}

}  // namespace

// What they check: the patch applies, only adds, is the same each time, and leaves nothing to add.
TEST_CASE("for random workloads the patch keeps its promises: the first half") {
  try_half(0);
}

TEST_CASE("for random workloads the patch keeps its promises: the second half") {
  try_half(1);
}

}  // namespace dotdiag::test
