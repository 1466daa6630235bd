#include "webhook/answers.hpp"

#include <atomic>
#include <chrono>
#include <utility>

namespace dotdiag {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

Answer plain_answer(unsigned status, std::string_view line) {
  return {.status = status, .body = std::string(line) + "\n"};
}

Answer busy_answer() {
  Answer answer = plain_answer(429, "too many requests at a time: try again");
  answer.try_again = true;
  return answer;
}

Answer too_large_answer(std::size_t limit) {
  return plain_answer(413, "the body is too large: at most " + std::to_string(limit) + " bytes are read");
}

void log_review(const AdmissionAnswer& answer, double milliseconds, Log& log) {
  static std::atomic<unsigned> dropped_patches{0};
  log.info("review", {{"uid", answer.uid},
                      {"kind", answer.kind},
                      {"namespace", answer.name_space},
                      {"name", answer.name},
                      {"operation", answer.operation},
                      {"result", answer.result},
                      {"reason", answer.reason},
                      {"milliseconds", milliseconds}});
  if (answer.status != 200 || answer.result != "error") return;
  log.error("a patch was dropped because of a bug in dotdiag: please report it",
            {{"uid", answer.uid}, {"reason", answer.reason}, {"dropped", static_cast<double>(++dropped_patches)}});
}

Answer review_answer(std::string_view body, std::string_view policy, AdmissionSettings settings, Log& log) {
  const auto start = Clock::now();
  if (!policy.empty()) settings.true_means = policy;
  AdmissionAnswer answer = answer_review(body, settings);
  log_review(answer, milliseconds_since(start), log);
  return {.status = answer.status, .body = std::move(answer.body), .content_type = std::move(answer.content_type)};
}

}  // namespace dotdiag
