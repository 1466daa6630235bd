// What real programs counted at some moments of a test, told to the alerts of manifests/components/monitoring as
// Prometheus would have it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace dotdiag::test {

/// Each moment is taken to last for half an hour, which is longer than any alert here waits.
class RecordedMetrics {
 public:
  /// Begins the next moment.
  void next_moment() { ++moments_; }
  /// Adds what was counted at this moment, in Prometheus' text format; of an API server only what it says of our
  /// webhooks. `labels` are those that Prometheus adds: `pod="a"`, or empty.
  void add(const std::string& text, const std::string& labels = {});

  /// True where the alert fires in the course of the last moment, by promtool.
  bool fires(const std::string& alert) const { return fires(alert, moments_, "29m"); }
  /// The same of the second half of the first one: to Prometheus all counters begin with the first half.
  bool fired_at_first(const std::string& alert) const { return fires(alert, 1, "14m"); }

 private:
  bool fires(const std::string& alert, int moment, const std::string& until_its_end) const;
  std::string values_of(const std::map<int, std::string>& moments) const;

  int moments_ = 0;
  std::map<std::string, std::map<int, std::string>> series_;  ///< by moment; a moment that is missing had none
};

}  // namespace dotdiag::test
