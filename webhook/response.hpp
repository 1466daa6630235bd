// Writes the AdmissionReview that goes back to the API server.
#pragma once

#include "webhook/mutation.hpp"

#include <string>
#include <string_view>

namespace dotdiag {

/// One line of JSON: the version that came in, the request's uid, `allowed: true`, and patch and patchType both or
/// neither (the API server refuses one without the other). The same bytes for the same outcome. Source:
/// kubernetes/apiserver, pkg/admission/plugin/webhook/request, VerifyAdmissionResponse.
std::string write_response(std::string_view api_version, std::string_view uid, const Outcome& outcome);

}  // namespace dotdiag
