// Counters as they stream by: those of EventCounters (every .NET) and the instruments of meters (.NET 8 and later).
#pragma once

#include "core/diagnostics/nettrace/event.hpp"
#include "core/diagnostics/request.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag::diagnostics {

/// One value of one counter.
struct CounterValue {
  std::string source;  ///< the provider or the meter: System.Runtime
  std::string name;    ///< cpu-usage, dotnet.gc.collections
  std::string title;   ///< for people; may be empty
  std::string unit;
  std::string tags;  ///< gc.heap.generation=gen0; empty for EventCounters
  enum class Kind { level, rate, sum, histogram } kind = Kind::level;
  std::optional<double> value;  ///< nothing where the process sent none
  double interval = 0;          ///< seconds that a rate is for; 0 where that is not known
  std::string quantiles;        ///< of a histogram: 0.5=2;0.95=3;0.99=4
  double when = 0;              ///< seconds since the session began
};

/// The provider to ask for the EventCounters of `source`, and the one for meters (`System.Runtime,My.Meter`).
Provider counters_of(const std::string& source, int interval_seconds);
Provider meters_of(const std::string& meters, int interval_seconds, const std::string& client_id);

class CounterEvents : public TraceHandler {
 public:
  using Use = std::function<void(const CounterValue&)>;
  using Note = std::function<void(const std::string&)>;

  /// `use` gets every value; `note` what the process says instead of values, such as a limit reached.
  CounterEvents(Use use, Note note) : use_(std::move(use)), note_(std::move(note)) {}

  void on_header(const TraceHeader& header) override { header_ = header; }
  void on_event(const TraceEvent& event) override;

 private:
  void on_event_counter(const TraceEvent& event, double when);
  void on_meter(const TraceEvent& event, double when);

  Use use_;
  Note note_;
  TraceHeader header_;
};

}  // namespace dotdiag::diagnostics
