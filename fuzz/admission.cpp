// Any bytes as the body of a request: there is an answer, always the same; the API server can take it; what it adds
// takes nothing away; and the webhook has nothing to add to its own result.
#include "fuzz/property.hpp"
#include "tests/support/only_adds.hpp"
#include "tests/support/review.hpp"

#include "core/document/json_reader.hpp"

namespace dotdiag::fuzz {
namespace {

bool may_replace(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace).find("override") != std::string::npos;
}

void check_mutation(Json review, const test::Verdict& verdict) {
  Json& object = review["request"]["object"];
  require(may_replace(object) || test::only_adds(object, verdict.object), "nothing of the user's goes",
          verdict.patch.dump());
  require(same_document(verdict.object, Json(object).patch(verdict.patch)), "another library patches the same");
  object = verdict.object;
  const test::Verdict second = test::ask(review);
  require(second.fault.empty(), "the API server takes the second answer", second.fault);
  require(second.patch.is_null(), "the result is not mutated again", second.patch.dump());
}

}  // namespace

void check(std::string_view input) {
  const AdmissionAnswer answer = answer_review(input, {});
  require(answer_review(input, {}).body == answer.body, "the same request gets the same answer");
  require(answer.status == 200 || answer.status == 400, "the request is answered or refused", answer.body);
  if (answer.status == 400) return;
  require(Json::accept(input), "what is answered is JSON for another reader too");
  require(answer.result != "error", "no bug is reported", answer.reason);
  const Json review = read_json(input, "review");
  const test::Verdict verdict = test::verify(review, answer);
  require(verdict.fault.empty(), "the API server takes the answer", verdict.fault);
  require(verdict.patch.is_null() == (answer.result != "mutated"), "a patch and only a patch is called mutation",
          answer.result);
  if (!verdict.patch.is_null()) check_mutation(review, verdict);
}

}  // namespace dotdiag::fuzz
