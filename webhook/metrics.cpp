#include "webhook/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Labels;
using Names = std::vector<std::string>;

const Names operations = {"CREATE", "UPDATE", "other"};
const Names kinds = {"Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Rollout", "other"};
const Names results = {"mutated", "unchanged", "skipped", "invalid", "late", "error"};
const Names reloadable = {"certificate", "policies", "configuration"};
const Names handshake_failures = {"timed_out",          "closed",   "not_tls", "protocol",
                                  "client_certificate", "rejected", "other"};
const Histogram::BucketBoundaries seconds = {1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3,
                                             5e-3, 1e-2, 2e-2, 5e-2, 0.1,  0.2,  0.5,  1};

/// Where `name` stands in `names`; the last of them, which is for all others, where it does not.
std::size_t place_of(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return static_cast<std::size_t>(found - names.begin()) - (found == names.end() ? 1 : 0);
}

std::string_view result_of(const AdmissionAnswer& answer) {
  return answer.status == 400 || answer.is_invalid ? "invalid" : std::string_view(answer.result);
}

double since_epoch(std::chrono::system_clock::time_point time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

}  // namespace

struct Metrics::State {
  explicit State(const Names& names);

  Family<Counter>& counters(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  }
  Counter& counter(const char* name, const char* help) { return counters(name, help).Add({}); }
  Gauge& gauge(const char* name, const char* help, const Labels& labels = {}) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add(labels);
  }
  /// One for each of `values`, in their order.
  std::vector<Counter*> labelled(const char* name, const char* help, const char* label, const Names& values) {
    auto& family = counters(name, help);
    std::vector<Counter*> all;
    for (const std::string& value : values)
      all.push_back(&family.Add({{label, value}}));
    return all;
  }

  /// The counter of a review: an index instead of a look-up by four labels, which would cost more than counting.
  Counter& review(const AdmissionAnswer& answer) const {
    std::size_t index = place_of(policies, answer.policies.empty() ? std::string_view("none") : answer.policies);
    index = index * operations.size() + place_of(operations, answer.operation);
    index = index * kinds.size() + place_of(kinds, answer.kind);
    return *reviews[index * results.size() + place_of(results, result_of(answer))];
  }

  prometheus::Registry registry;
  Names policies;
  std::vector<Counter*> reviews;
  std::vector<Counter*> skipped;
  std::vector<Counter*> failed_handshakes;
  std::vector<Counter*> reloads;
  std::vector<Counter*> failed_reloads;
  Histogram& duration;
  Counter& bytes;
  Counter& shed;
  Counter& dropped;
  Gauge& connections;
  Gauge& in_flight;
  Gauge& certificate_ends;
};

Metrics::State::State(const Names& names)
    : policies(names),
      skipped(labelled("dotdiag_webhook_skipped_total", "Reviews of objects that are left alone whatever they say.",
                       "reason", {skip_causes.begin(), skip_causes.end()})),
      failed_handshakes(labelled("dotdiag_webhook_handshake_failures_total", "TLS handshakes that came to nothing.",
                                 "reason", handshake_failures)),
      reloads(
          labelled("dotdiag_webhook_reloads_total", "Changes that were taken over while running.", "what", reloadable)),
      failed_reloads(labelled("dotdiag_webhook_reload_failures_total",
                              "Changes that could not be used, so that what was there before stayed.", "what",
                              reloadable)),
      duration(prometheus::BuildHistogram()
                   .Name("dotdiag_webhook_review_duration_seconds")
                   .Help("From the request's first byte to the answer's.")
                   .Register(registry)
                   .Add({}, seconds)),
      bytes(counter("dotdiag_webhook_review_body_bytes_total", "Bodies of reviews.")),
      shed(counter("dotdiag_webhook_requests_shed_total", "Requests that were told to come again (429).")),
      dropped(counter("dotdiag_webhook_dropped_patches_total", "Patches that failed their proof: bugs of dotdiag.")),
      connections(gauge("dotdiag_webhook_connections", "Open connections.")),
      in_flight(gauge("dotdiag_webhook_reviews_in_flight", "Reviews that are arriving or being answered.")),
      certificate_ends(gauge("dotdiag_webhook_certificate_expiry_timestamp_seconds",
                             "When the certificate that is served expires.")) {
  gauge("dotdiag_webhook_build_info", "Always 1.", {{"version", DOTDIAG_VERSION}}).Set(1);
  policies.emplace_back("none");
  policies.emplace_back("other");  // several together, and those that were loaded later
  auto& family = counters("dotdiag_webhook_reviews_total", "Reviews that were answered.");
  for (const std::string& policy : policies)
    for (const std::string& operation : operations)
      for (const std::string& kind : kinds)
        for (const std::string& result : results)
          reviews.push_back(
              &family.Add({{"policy", policy}, {"operation", operation}, {"kind", kind}, {"result", result}}));
}

Metrics::Metrics(const Names& policies) : state_(std::make_unique<State>(policies)) {}
Metrics::~Metrics() = default;

void Metrics::reviewed(const AdmissionAnswer& answer, std::chrono::nanoseconds duration, std::size_t size) {
  state_->review(answer).Increment();
  const auto cause = std::find(skip_causes.begin(), skip_causes.end(), answer.skip_cause);
  if (cause != skip_causes.end()) state_->skipped[static_cast<std::size_t>(cause - skip_causes.begin())]->Increment();
  state_->duration.Observe(std::chrono::duration<double>(duration).count());
  state_->bytes.Increment(static_cast<double>(size));
  if (answer.status == 200 && answer.result == "error") state_->dropped.Increment();
}

void Metrics::shed() {
  state_->shed.Increment();
}

void Metrics::handshake_failed(HandshakeFailure why) {
  state_->failed_handshakes[static_cast<std::size_t>(why)]->Increment();
}

void Metrics::reloaded(std::string_view what, bool succeeded) {
  const auto& counters = succeeded ? state_->reloads : state_->failed_reloads;
  counters[place_of(reloadable, what)]->Increment();
}

std::string Metrics::text(const Now& now) const {
  state_->connections.Set(static_cast<double>(now.connections));
  state_->in_flight.Set(static_cast<double>(now.in_flight));
  state_->certificate_ends.Set(since_epoch(now.certificate_ends));
  return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace dotdiag
