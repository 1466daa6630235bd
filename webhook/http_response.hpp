// An answer as Beast sends it. Only sources that speak HTTP see this header: it is expensive.
#pragma once

#include "webhook/answers.hpp"

#include <boost/beast/http.hpp>

#include <string_view>
#include <utility>

namespace dotdiag {

using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;

/// The response to `request`, whose version it has; HEAD gets the length of the body that GET would get.
inline HttpResponse http_response(Answer answer, const boost::beast::http::request_header<>& request, bool keep_alive) {
  namespace http = boost::beast::http;
  const auto view = [](std::string_view text) { return boost::beast::string_view(text.data(), text.size()); };
  HttpResponse response;
  response.version(request.version());
  response.result(answer.status);
  response.set(http::field::content_type, answer.content_type);
  if (!answer.allow.empty()) response.set(http::field::allow, view(answer.allow));
  if (answer.try_again) response.set(http::field::retry_after, "1");
  response.keep_alive(keep_alive);
  response.body() = std::move(answer.body);
  response.prepare_payload();
  if (request.method() == http::verb::head) response.body().clear();  // after its length was noted
  return response;
}

}  // namespace dotdiag
