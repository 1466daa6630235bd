// A small client of the Kubernetes API: one request, one answer, over TLS. It also asks replicas which certificate they
// show.
#pragma once

#include "webhook/endpoint.hpp"

#include <chrono>
#include <string>

namespace dotdiag {

/// Where the API server is, and who asks.
struct ApiServer {
  Endpoint endpoint;       ///< its address may be a name
  std::string ca_file;     ///< PEM: who signed its certificate
  std::string token_file;  ///< read anew for each request: kubelet replaces it
};

struct ApiRequest {
  std::string method;
  std::string path;  ///< with its query
  std::string body = {};
  std::string content_type = "application/json";
};

struct ApiReply {
  unsigned status = 0;
  std::string body;  ///< at most 8 MiB
};

/// Throws Unavailable where there is no whole answer within `limit`, InputError where a file cannot be read.
ApiReply call_api(const ApiServer& server, const ApiRequest& request, std::chrono::seconds limit);

/// The certificate (DER) that a TLS server shows for `server_name`. Nothing is verified: the caller compares it. Throws
/// Unavailable where it shows none within `limit`.
std::string shown_certificate(const Endpoint& server, const std::string& server_name, std::chrono::seconds limit);

}  // namespace dotdiag
