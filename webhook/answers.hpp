// What the server says, before it is known how the connection goes on. No network here.
#pragma once

#include "webhook/admission.hpp"
#include "webhook/log.hpp"

#include <cstddef>
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

/// 429: there is no room for the request now.
Answer busy_answer();

/// 413, naming the limit in bytes.
Answer too_large_answer(std::size_t limit);

/// One line for each review. A patch that had to be dropped (its answer is allowed all the same) is a bug of ours: an
/// error line of its own, with how many there were since the program started.
void log_review(const AdmissionAnswer& answer, double milliseconds, Log& log);

/// Answers the AdmissionReview in `body`, and logs that it did. `policy` is what `"true"` stands for; empty: as in
/// `settings`.
Answer review_answer(std::string_view body, std::string_view policy, AdmissionSettings settings, Log& log);

}  // namespace dotdiag
