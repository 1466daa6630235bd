// Decides from a request's first lines what is to be done with it. Pure: no network, no state.
#pragma once

#include "core/policy/policy.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

/// What a request asks for.
enum class Action {
  mutate,  ///< answer the AdmissionReview in its body
  livez,   ///< the process runs
  readyz,  ///< the process wants requests
  refuse   ///< answer with the routing's status and message
};

/// What the router looks at.
struct RequestLine {
  std::string_view method;
  std::string_view target;        ///< path and query, as it came
  std::string_view content_type;  ///< empty where the header is absent
};

struct Routing {
  Action action = Action::refuse;
  /// How long the client waits for the answer, by its `?timeout=10s`; nothing where it does not say so.
  std::optional<std::chrono::milliseconds> timeout = {};
  std::string_view policy;      ///< with Action::mutate: the one that the path names; empty where it names none
  bool by_default = false;      ///< with Action::mutate: of objects whose namespace opts them in
  unsigned status = 200;        ///< with Action::refuse
  std::string_view allow = {};  ///< with status 405: the methods that are allowed, for the Allow header
  std::string message = {};     ///< with Action::refuse: one line, `what: what to do`
};

/// 404 for an unknown path or policy, then 405 for a method, then 415 for a content type. Of the query only `timeout`
/// is looked at, which the API server appends; others may come.
Routing decide(const RequestLine& request, const PolicySet& policies);

}  // namespace dotdiag
