#include "core/diagnostics/counters/counter_values.hpp"

#include "core/diagnostics/counters/field_values.hpp"

#include <charconv>
#include <cmath>

namespace dotdiag::diagnostics {
namespace {

constexpr std::string_view meter_provider = "System.Diagnostics.Metrics";
constexpr std::uint64_t meter_values = 0x2;
constexpr std::uint32_t informational = 4;

/// Only one private session of meters is possible in a process; any number can share one. Known since .NET 8.
constexpr std::string_view shared_session = "SHARED";

/// Meters send their numbers as text, in the invariant culture; an empty one is none.
std::optional<double> number_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::optional<double> finite(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// What the process has to say beside values.
std::string meter_note(const std::string& event, const FieldValues& values) {
  if (event == "TimeSeriesLimitReached") return "the process has more series than were asked for: some are missing";
  if (event == "HistogramLimitReached") return "the process has more histograms than were asked for: some are missing";
  if (event == "MultipleSessionsNotSupportedError")
    return "another tool has a session of meters of its own (" + values.text("runningSessionId") +
           "): this runtime gives values to one at a time";
  if (event == "Error") return "the process cannot send its meters: " + values.text("errorMessage");
  return {};
}

}  // namespace

Provider counters_of(const std::string& source, int interval_seconds) {
  return {source, 0, informational, "EventCounterIntervalSec=" + std::to_string(interval_seconds)};
}

Provider meters_of(const std::string& meters, int interval_seconds, const std::string& client_id) {
  return {std::string(meter_provider), meter_values, informational,
          "SessionId=" + std::string(shared_session) + ";Metrics=" + meters + ";RefreshInterval=" +
              std::to_string(interval_seconds) + ";MaxTimeSeries=1000;MaxHistograms=20;ClientId=" + client_id};
}

void CounterEvents::on_event(const TraceEvent& event) {
  const auto ticks = static_cast<double>(static_cast<std::int64_t>(event.timestamp - header_.ticks));
  const double when = ticks / static_cast<double>(header_.ticks_per_second);
  // The event's id differs from source to source.
  if (event.type.name == "EventCounters") return on_event_counter(event, when);
  if (event.type.provider == meter_provider) on_meter(event, when);
}

void CounterEvents::on_event_counter(const TraceEvent& event, double when) {
  const FieldValues values(event.type.fields, event.payload);
  CounterValue counter;
  counter.source = event.type.provider;
  counter.name = values.text("Name");
  counter.title = values.text("DisplayName");
  counter.unit = values.text("DisplayUnits");
  counter.interval = values.number("IntervalSec");
  const bool is_rate = values.has("Increment");
  counter.kind = is_rate ? CounterValue::Kind::rate : CounterValue::Kind::level;
  counter.value = finite(values.number(is_rate ? "Increment" : "Mean"));
  counter.when = when;
  use_(counter);
}

void CounterEvents::on_meter(const TraceEvent& event, double when) {
  const FieldValues values(event.type.fields, event.payload);
  if (const std::string note = meter_note(event.type.name, values); !note.empty()) return note_(note);
  const std::string& name = event.type.name;
  if (!name.ends_with("ValuePublished") || values.text("sessionId") != shared_session) return;
  CounterValue counter;
  counter.source = values.text("meterName");
  counter.name = values.text("instrumentName");
  counter.unit = values.text("unit");
  counter.tags = values.text("tags");
  counter.when = when;
  if (name == "HistogramValuePublished") {
    counter.kind = CounterValue::Kind::histogram;
    counter.value = number_of(values.text("count"));
    counter.quantiles = values.text("quantiles");
  } else if (name == "GaugeValuePublished") {
    counter.value = number_of(values.text("lastValue"));
  } else {
    counter.kind = name == "CounterRateValuePublished" ? CounterValue::Kind::sum : CounterValue::Kind::level;
    counter.value = number_of(values.text("value"));
  }
  use_(counter);
}

}  // namespace dotdiag::diagnostics
