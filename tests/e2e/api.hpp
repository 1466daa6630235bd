// Calls of the Kubernetes API without kubectl: any number of them on a few connections.
#pragma once

#include "core/document/json.hpp"

#include <string>
#include <vector>

namespace dotdiag::test {

struct ApiCall {
  std::string method = "GET";
  std::string path;  ///< `/api/v1/namespaces/shop/pods?dryRun=All`
  std::string body = {};
  std::string content_type = "application/json";
};

/// The content types of a PATCH.
inline constexpr const char* strategic_merge = "application/strategic-merge-patch+json";
inline constexpr const char* json_patch = "application/json-patch+json";

struct ApiReply {
  int status = 0;  ///< of HTTP; 0 where there was no answer
  Json body;       ///< null where it is no JSON
  bool accepted() const { return status >= 200 && status < 300; }
  /// `201`, or `422: the server's message`.
  std::string summary() const;
};

/// The administrator's way in, by curl.
class Api {
 public:
  Api(std::string url, std::string ca_file, std::string token);

  ApiReply call(const ApiCall& call) const;
  /// Every call, in no certain order, several at a time; the replies are in the order of `calls`. Hundreds of calls
  /// take one or two seconds.
  std::vector<ApiReply> call_all(const std::vector<ApiCall>& calls) const;

 private:
  std::string url_, ca_file_, token_;
};

/// False for kinds that collection_path does not know.
bool is_known(const Json& object);

/// Where objects of this kind are: `/apis/apps/v1/namespaces/shop/deployments`.
std::string collection_path(const Json& object, const std::string& name_space);

/// What the API server says against creating each of `objects` in the namespace: empty where it would take it. Nothing
/// is stored.
std::vector<std::string> refusals(const Api& api, const std::vector<Json>& objects, const std::string& name_space);

/// Each of `objects` as it is stored from now on in the namespace; null where it was refused.
std::vector<Json> stored(const Api& api, const std::vector<Json>& objects, const std::string& name_space);

/// What the API server says against a patch of the pod's ephemeral containers, for each of `pods` (as they are stored)
/// and the patch at the same place of `patches`: empty where it would take it. Nothing is changed.
std::vector<std::string> patch_refusals(const Api& api, const std::vector<Json>& pods,
                                        const std::vector<std::string>& patches,
                                        const std::string& content_type = strategic_merge);

/// Where the ephemeral containers of a stored pod are patched.
std::string debugger_path(const Json& pod);

}  // namespace dotdiag::test
