// What the server says, before it is known how the connection goes on. No network here.
#pragma once

#include "webhook/admission.hpp"
#include "webhook/log.hpp"
#include "webhook/metrics.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

struct Answer {
  unsigned status = 200;
  std::string body;
  std::string content_type = "text/plain; charset=utf-8";
  std::string_view allow = {};  ///< the Allow header; empty where there is none
  bool try_again = false;  ///< with a Retry-After header: API servers then repeat the request within its time limit
};

/// `line` as text.
Answer plain_answer(unsigned status, std::string_view line);

/// 200, or 503 and `why_not` where that is not empty.
Answer readiness_answer(std::string_view why_not);

/// 429: there is no room for the request now.
Answer busy_answer();

/// 413, naming the limit in bytes.
Answer too_large_answer(std::size_t limit);

/// A review as it came in.
struct ReviewRequest {
  using Clock = std::chrono::steady_clock;

  std::string_view body;
  std::string_view policy;                                ///< what `"true"` stands for; empty: as in the settings
  bool by_default = false;                                ///< for what has no annotation: its namespace opts it in
  Clock::time_point begin;                                ///< when its first byte was there
  std::optional<std::chrono::milliseconds> timeout = {};  ///< how long the API server waits for the answer
};

/// Answers an AdmissionReview, logs that it did, and counts it. Past nine tenths of its timeout the object is allowed
/// as it is, with a warning: an answer that comes too late would be an error of the webhook to the API server.
Answer review_answer(const ReviewRequest& request, AdmissionSettings settings, Log& log, Metrics& metrics);

/// One line for each review. A patch that had to be dropped (its answer is allowed all the same) is a bug of ours: an
/// error line of its own.
void log_review(const AdmissionAnswer& answer, std::chrono::nanoseconds duration, Log& log);

}  // namespace dotdiag
