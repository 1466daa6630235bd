#include "webhook/answers.hpp"

#include <cstdint>
#include <utility>

namespace dotdiag {

Answer plain_answer(unsigned status, std::string_view line) {
  return {.status = status, .body = std::string(line) + "\n"};
}

Answer readiness_answer(std::string_view why_not) {
  return why_not.empty() ? plain_answer(200, "ok") : plain_answer(503, why_not);
}

Answer busy_answer() {
  Answer answer = plain_answer(429, "too many requests at a time: try again");
  answer.try_again = true;
  return answer;
}

Answer too_large_answer(std::size_t limit) {
  return plain_answer(413, "the body is too large: at most " + std::to_string(limit) + " bytes are read");
}

void log_review(const AdmissionAnswer& answer, std::chrono::nanoseconds duration, Log& log) {
  log.info("review", {{"uid", answer.uid},
                      {"kind", answer.kind},
                      {"namespace", answer.name_space},
                      {"name", answer.name},
                      {"operation", answer.operation},
                      {"policy", answer.policies},
                      {"result", answer.result},
                      {"reason", answer.reason},
                      {"operations", static_cast<std::int64_t>(answer.operations)},
                      {"microseconds", std::chrono::duration_cast<std::chrono::microseconds>(duration).count()}});
  if (answer.status != 200 || answer.result != "error") return;
  log.error("a patch was dropped because of a bug in dotdiag: please report it",
            {{"uid", answer.uid}, {"reason", answer.reason}});
}

Answer review_answer(const ReviewRequest& request, AdmissionSettings settings, Log& log, Metrics& metrics) {
  if (!request.policy.empty()) settings.true_means = request.policy;
  if (request.by_default) settings.by_default = "true";
  AdmissionAnswer answer = answer_review(request.body, settings);
  const auto duration = ReviewRequest::Clock::now() - request.begin;
  if (answer.status == 200 && request.timeout && duration > *request.timeout * 9 / 10)
    answer = late_answer(std::move(answer));
  metrics.reviewed(answer, duration, request.body.size());
  log_review(answer, duration, log);
  return {.status = answer.status, .body = std::move(answer.body), .content_type = std::move(answer.content_type)};
}

}  // namespace dotdiag
