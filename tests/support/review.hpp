// Asks the webhook about an object as the API server does, and checks the answer as the API server does.
#pragma once

#include "core/document/json.hpp"
#include "core/edit/json_patch.hpp"
#include "webhook/admission.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace dotdiag::test {

/// The bytes of standard base64 text (RFC 4648 section 4). Throws std::invalid_argument where it is not.
inline std::string decode_base64(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) throw std::invalid_argument("base64 without padding");
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  while (!text.empty() && text.back() == '=')
    text.remove_suffix(1);
  for (const char character : text) {
    const auto digit = alphabet.find(character);
    if (digit == std::string_view::npos) throw std::invalid_argument("not base64");
    bits = (bits << 6U) | static_cast<unsigned>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
  }
  return bytes;
}

/// An AdmissionReview of `operation` on `object`; `old_object` is null on CREATE.
inline Json make_review(const Json& object, const char* operation = "CREATE", const Json& old_object = nullptr) {
  const Json kind = Json::object({{"group", ""}, {"version", "v1"}, {"kind", object.value("kind", "")}});
  const Json request = Json::object({{"uid", "eb78743e-1f3f-41d8-abfb-a5ea2e722cbc"},
                                     {"kind", kind},
                                     {"namespace", "shop"},
                                     {"operation", operation},
                                     {"object", object},
                                     {"oldObject", old_object}});
  return Json::object({{"kind", "AdmissionReview"}, {"apiVersion", "admission.k8s.io/v1"}, {"request", request}});
}

/// What the API server makes of an answer.
struct Verdict {
  std::string fault;  ///< why it refuses the answer; empty where it takes it
  Json response;
  Json patch;   ///< the decoded patch, or null
  Json object;  ///< the request's object with the patch applied
};

/// Checks as VerifyAdmissionResponse and the mutating dispatcher of kubernetes/apiserver do: version and kind as asked,
/// the same uid, allowed, patch and patchType both or neither, the patch decodes and applies, warnings and audit
/// annotations of a form that it can pass on.
inline Verdict verify(const Json& review, const AdmissionAnswer& answer) {
  Verdict verdict;
  const auto fault = [&](std::string why) {
    verdict.fault = std::move(why);
    return verdict;
  };
  if (answer.status != 200) return fault("status " + std::to_string(answer.status) + ": " + answer.body);
  const Json reply = Json::parse(answer.body, nullptr, false);
  if (!reply.is_object() || reply.value("kind", "") != "AdmissionReview")
    return fault("the answer is no AdmissionReview");
  if (reply.value("apiVersion", "") != review.at("apiVersion")) return fault("another apiVersion");
  verdict.response = reply.value("response", Json());
  const Json& response = verdict.response;
  const Json& request = review.at("request");
  if (!response.is_object() || response.value("uid", "") != request.at("uid")) return fault("another uid");
  if (response.value("allowed", false) != true) return fault("not allowed");
  if (response.contains("patch") != response.contains("patchType"))
    return fault("patch without patchType, or the reverse");
  for (const Json& warning : response.value("warnings", Json::array())) {
    const auto text = warning.get<std::string>();
    if (text.empty() || text.find_first_of("\n\r\t") != std::string::npos)
      return fault("a warning that no header can carry");
    if (text.size() > 4 * 120) return fault("a warning that is too long: " + text);
  }
  const Json audit = response.value("auditAnnotations", Json::object());
  for (const auto& [key, value] : audit.items()) {
    if (key.find('/') != std::string::npos || key.size() > 63 || !value.is_string())
      return fault("audit annotation " + key);
  }
  verdict.object = request.value("object", Json());
  if (!response.contains("patch")) return verdict;
  if (response.at("patchType") != "JSONPatch") return fault("another patchType");
  if (!verdict.object.is_object()) return fault("a patch without an object");
  try {
    verdict.patch = Json::parse(decode_base64(response.at("patch").get<std::string>()));
    apply_json_patch(verdict.object, verdict.patch);
  } catch (const std::exception& error) {
    return fault(std::string("the patch does not apply: ") + error.what());
  }
  if (verdict.patch.empty()) return fault("an empty patch");
  return verdict;
}

/// Asks and checks in one step.
inline Verdict ask(const Json& review, const AdmissionSettings& settings = {}) {
  return verify(review, answer_review(review.dump(-1, ' ', false, Json::error_handler_t::replace), settings));
}

}  // namespace dotdiag::test
