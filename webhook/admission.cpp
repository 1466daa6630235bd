#include "webhook/admission.hpp"

#include "core/document/json_reader.hpp"
#include "core/document/pod_view.hpp"
#include "core/document/workload.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/opt_in.hpp"
#include "webhook/due.hpp"
#include "webhook/mutation.hpp"
#include "webhook/response.hpp"
#include "webhook/warnings.hpp"

#include <algorithm>
#include <exception>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace dotdiag {
namespace {

/// Members of an object that no decision looks at.
std::vector<Omission> unread_members() {
  return {{"metadata", {{"managedFields"}, {"annotations", {{"kubectl.kubernetes.io/last-applied-configuration"}}}}},
          {"status"}};
}

/// Members of a review that no decision looks at: half of what the API server sends.
std::vector<Omission> unread(std::vector<Omission> of_object) {
  return {{"request",
           {{"userInfo"},
            {"options"},
            {"resource"},
            {"requestResource"},
            {"requestKind"},
            {"object", std::move(of_object)},
            {"oldObject", unread_members()}}}};
}

const std::vector<Omission>& never_looked_at() {
  static const std::vector<Omission> omissions = unread(unread_members());
  return omissions;
}

/// The same with what pods are made of.
const std::vector<Omission>& not_looked_at_before_opt_in() {
  static const std::vector<Omission> omissions = [] {
    auto of_object = unread_members();
    of_object.push_back({"spec",
                         {{"containers"},
                          {"initContainers"},
                          {"volumes"},
                          {"template", {{"spec"}}},
                          {"jobTemplate", {{"spec", {{"template", {{"spec"}}}}}}}}});
    return unread(std::move(of_object));
  }();
  return omissions;
}

/// True where the text of a review says that pods will not be looked at: none of our annotations is in it, and there is
/// no older object to compare with. False wherever that is not sure: an annotation may be written with escapes, and
/// `oldObject` elsewhere than the API server writes it, behind the object.
bool is_surely_left_alone(std::string_view body) {
  constexpr std::size_t rest = 512;
  const std::string_view tail = body.substr(body.size() - std::min(rest, body.size()));
  return tail.find(R"("oldObject":null)") != std::string_view::npos &&
         body.find("dotdiag.io") == std::string_view::npos && body.find("\\u") == std::string_view::npos;
}

bool is_review(const Json& review) {
  const auto version = text_member(review, "apiVersion");
  return text_member(review, "kind") == "AdmissionReview" &&
         (version == "admission.k8s.io/v1" || version == "admission.k8s.io/v1beta1");
}

/// What is missing in a review for an answer to be possible; empty where nothing is.
std::string fault_of(const Json& review) {
  if (!is_review(review)) return "the body is not an AdmissionReview of admission.k8s.io/v1 or v1beta1";
  const Json* request = member(review, "request");
  if (request == nullptr || !request->is_object()) return "the AdmissionReview has no request";
  if (text_member(*request, "uid").empty()) return "request.uid is missing";
  if (text_member(*request, "operation").empty()) return "request.operation is missing";
  return {};
}

AdmissionAnswer refusal(unsigned status, std::string problem) {
  AdmissionAnswer answer;
  answer.status = status;
  answer.content_type = "text/plain; charset=utf-8";
  answer.result = "error";
  answer.body = problem + "\n";
  answer.reason = std::move(problem);
  return answer;
}

/// What is said about the request in logs and metrics.
void describe(const Json& request, AdmissionAnswer& answer) {
  answer.uid = text_member(request, "uid");
  answer.operation = text_member(request, "operation");
  answer.name_space = text_member(request, "namespace");
  answer.name = text_member(request, "name");
  if (const Json* kind = member(request, "kind")) answer.kind = text_member(*kind, "kind");
}

AdmissionAnswer decide(Json& review, const AdmissionSettings& settings, JsonReader& reader) {
  Json& request = review.at("request");
  AdmissionAnswer answer;
  describe(request, answer);
  const Outcome outcome = decide_request(request, settings, reader);
  answer.api_version = text_member(review, "apiVersion");
  answer.policies = outcome.policies;
  answer.result = outcome.result;
  answer.reason = outcome.reason;
  answer.skip_cause = outcome.skip_cause;
  answer.is_invalid = outcome.is_invalid;
  answer.operations = outcome.operations;
  answer.body = write_response(answer.api_version, answer.uid, outcome);
  return answer;
}

}  // namespace

AdmissionAnswer answer_review(std::string_view body, const AdmissionSettings& settings) {
  try {
    const bool leaves_alone = settings.by_default.empty() && is_surely_left_alone(body);
    const auto& without = leaves_alone ? not_looked_at_before_opt_in() : never_looked_at();
    JsonReader reader;
    Json review = reader.read(body, "request", without);
    if (std::string fault = fault_of(review); !fault.empty()) return refusal(400, std::move(fault));
    return decide(review, settings, reader);
  } catch (const InputError& error) {
    return refusal(400, error.what());
  } catch (const std::exception& error) {  // a bug of ours: the API server goes on without us
    return refusal(500, std::string("internal error: ") + error.what());
  }
}

AdmissionAnswer late_answer(AdmissionAnswer answer) {
  Outcome outcome;
  outcome.policies = answer.policies;
  outcome.result = "late";
  outcome.reason = "it took nearly as long as the API server waits";
  outcome.warnings = {admission_warning("nothing was injected: the webhook was too slow",
                                        "apply it again, or restart the rollout", "not-injected")};
  answer.body = write_response(answer.api_version, answer.uid, outcome);
  answer.result = outcome.result;
  answer.reason = outcome.reason;
  answer.operations = 0;
  return answer;
}

}  // namespace dotdiag
