#include "webhook/response.hpp"

#include "core/document/json_writer.hpp"

#include <openssl/evp.h>
#include <utility>

namespace dotdiag {
namespace {

std::string base64(const std::string& bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // EVP_EncodeBlock ends it with a NUL
  const int written =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(written));
  return text;
}

}  // namespace

std::string write_response(std::string_view api_version, std::string_view uid, const Outcome& outcome) {
  Json response = Json::object({{"uid", uid}, {"allowed", true}});
  if (!outcome.patch.empty()) {
    response["patch"] = base64(outcome.patch);
    response["patchType"] = "JSONPatch";
  }
  if (!outcome.warnings.empty()) response["warnings"] = outcome.warnings;
  if (!outcome.policies.empty()) {
    response["auditAnnotations"] = Json::object({{"policy", outcome.policies}, {"result", outcome.result}});
  }
  const Json review =
      Json::object({{"apiVersion", api_version}, {"kind", "AdmissionReview"}, {"response", std::move(response)}});
  return write_json(review);
}

}  // namespace dotdiag
