#include "webhook/metrics.hpp"

#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

namespace dotdiag::test {
namespace {

using Catch::Contains;
using std::chrono::microseconds;

std::string text_of(const Metrics& metrics) {
  return metrics.text({});
}

std::size_t series(const std::string& text) {
  std::istringstream lines(text);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line);)
    count += line.starts_with('#') ? 0 : 1;
  return count;
}

AdmissionAnswer mutated() {
  AdmissionAnswer answer;
  answer.operation = "UPDATE";
  answer.kind = "Deployment";
  answer.policies = "dotnet-dump";
  answer.result = "mutated";
  return answer;
}

}  // namespace

TEST_CASE("every series is there from the start, and nothing that a user names makes another") {
  Metrics metrics({"dotnet-dump", "mine"});
  const std::string before = text_of(metrics);
  CHECK(series(before) > 500);
  AdmissionAnswer answer = mutated();
  answer.kind = "Gadget";
  answer.operation = "PATCHIFY";
  answer.policies = "dotnet-dump,mine";
  answer.name_space = "secret-namespace";
  answer.name = "secret-name";
  metrics.reviewed(answer, microseconds(70), 4000);
  answer.result = "skipped";
  answer.skip_cause = "owned";
  metrics.reviewed(answer, microseconds(7), 1000);
  metrics.shed();
  metrics.handshake_failed(HandshakeFailure::rejected);
  metrics.reloaded("policies", false);
  const std::string after = text_of(metrics);
  CHECK(series(after) == series(before));
  CHECK_THAT(after, !Contains("secret") && !Contains("Gadget"));
  CHECK_THAT(after, Contains(R"({kind="other",operation="other",policy="other",result="mutated"} 1)") &&
                        Contains(R"(dotdiag_webhook_skipped_total{reason="owned"} 1)") &&
                        Contains("dotdiag_webhook_review_body_bytes_total 5000") &&
                        Contains("dotdiag_webhook_requests_shed_total 1") &&
                        Contains(R"(dotdiag_webhook_handshake_failures_total{reason="rejected"} 1)") &&
                        Contains(R"(dotdiag_webhook_reload_failures_total{what="policies"} 1)") &&
                        Contains(R"(dotdiag_webhook_reloads_total{what="policies"} 0)"));
}

TEST_CASE("a review is counted by what was asked for and what came of it") {
  Metrics metrics({"dotnet-dump"});
  metrics.reviewed(mutated(), microseconds(15), 1);
  AdmissionAnswer invalid = mutated();
  invalid.result = "unchanged";
  invalid.is_invalid = true;
  metrics.reviewed(invalid, microseconds(15), 1);
  AdmissionAnswer dropped = mutated();
  dropped.result = "error";
  metrics.reviewed(dropped, microseconds(150), 1);
  AdmissionAnswer refused;
  refused.status = 400;
  refused.result = "error";
  metrics.reviewed(refused, microseconds(1500), 1);
  const std::string text = text_of(metrics);
  for (const std::string result : {"mutated", "invalid", "error"})
    CHECK_THAT(text,
               Contains(R"({kind="Deployment",operation="UPDATE",policy="dotnet-dump",result=")" + result + "\"} 1"));
  CHECK_THAT(text, Contains(R"({kind="other",operation="other",policy="none",result="invalid"} 1)"));
  CHECK_THAT(text, Contains("dotdiag_webhook_dropped_patches_total 1"));
  CHECK_THAT(text, Contains(R"(_bucket{le="1e-05"} 0)") && Contains(R"(_bucket{le="2e-05"} 2)") &&
                       Contains(R"(_bucket{le="0.0002"} 3)") && Contains(R"(_bucket{le="1"} 4)"));
}

TEST_CASE("promtool finds nothing to say about the metrics") {
  if (run_process({"sh", "-c", "command -v promtool"}).exit_code != 0) {
    WARN("promtool is not installed");
    return;
  }
  const TemporaryDirectory directory;
  const std::string path = directory.write("metrics", text_of(Metrics({"dotnet-dump"})));
  const ProcessResult result = run_process({"sh", "-c", "promtool check metrics < \"$0\"", path});
  CHECK(result.exit_code == 0);
  CHECK(result.out + result.err == "");
}

}  // namespace dotdiag::test
