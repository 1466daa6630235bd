#include "webhook/response.hpp"

#include "core/document/json_writer.hpp"

#include <openssl/evp.h>
#include <utility>

namespace dotdiag {
namespace {

/// Appends `bytes` in base64, which has nothing that JSON escapes.
void append_base64(std::string& text, std::string_view bytes) {
  const std::size_t before = text.size();
  text.resize(before + (bytes.size() + 2) / 3 * 4 + 1);  // EVP_EncodeBlock ends it with a NUL
  const int written =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data() + before),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(before + static_cast<std::size_t>(written));
}

void append_member(std::string& text, std::string_view key, std::string_view value) {
  append_quoted(text, key);
  text += ':';
  append_quoted(text, value);
}

void append_patch(std::string& text, std::string_view patch) {
  text += R"(,"patch":")";
  append_base64(text, patch);
  text += R"(","patchType":"JSONPatch")";
}

void append_warnings(std::string& text, const std::vector<std::string>& warnings) {
  text += R"(,"warnings":)";
  append_array(text, warnings, [&](const std::string& warning) { append_quoted(text, warning); });
}

}  // namespace

std::string write_response(std::string_view api_version, std::string_view uid, const Outcome& outcome) {
  constexpr std::size_t usual_size = 1024;  // without the patch
  std::string text;
  text.reserve(usual_size + outcome.patch.size() / 3 * 4);
  text += '{';
  append_member(text, "apiVersion", api_version);
  text += R"(,"kind":"AdmissionReview","response":{)";
  append_member(text, "uid", uid);
  text += R"(,"allowed":true)";
  if (!outcome.patch.empty()) append_patch(text, outcome.patch);
  if (!outcome.warnings.empty()) append_warnings(text, outcome.warnings);
  if (!outcome.policies.empty()) {
    text += R"(,"auditAnnotations":{)";
    append_member(text, "policy", outcome.policies);
    text += ',';
    append_member(text, "result", outcome.result);
    text += '}';
  }
  text += "}}";
  return text;
}

}  // namespace dotdiag
