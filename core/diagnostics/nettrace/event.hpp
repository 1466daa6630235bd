// What a .nettrace stream holds, as its reader hands it out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::diagnostics {

/// The types of fields. Numbers of the format; others are left to fail where they are decoded.
enum class FieldType : std::uint32_t {
  object = 1,
  boolean = 3,
  int8 = 5,
  uint8 = 6,
  int16 = 7,
  uint16 = 8,
  int32 = 9,
  uint32 = 10,
  int64 = 11,
  uint64 = 12,
  float32 = 13,
  float64 = 14,
  date_time = 16,
  guid = 17,
  text = 18,
};

struct EventField {
  FieldType type = FieldType::object;
  std::string name;
  std::vector<EventField> members;  ///< of an object
};

/// A kind of event, defined once in a stream. The runtime's own events have no name and no fields: they are known by
/// provider, id and version.
struct EventType {
  std::string provider;
  std::uint32_t id = 0;
  std::string name;
  std::uint32_t version = 0;
  std::uint32_t level = 0;
  std::uint64_t keywords = 0;
  std::vector<EventField> fields;

  bool is(std::string_view of_provider, std::uint32_t with_id) const {
    return id == with_id && provider == of_provider;
  }
};

struct TraceHeader {
  std::uint64_t unix_nanoseconds = 0;  ///< when the session began
  std::uint64_t ticks = 0;             ///< the clock of the events at that moment
  std::uint64_t ticks_per_second = 1;
  std::uint32_t pointer_size = 8;
  std::uint32_t pid = 0;  ///< as the process sees itself
  std::uint32_t processors = 0;
};

/// One event. Everything in it is valid only until the handler returns.
struct TraceEvent {
  const EventType& type;
  std::uint64_t thread = 0;  ///< of the operating system
  std::uint64_t timestamp = 0;
  std::span<const std::uint64_t> stack;  ///< addresses, innermost first
  std::string_view payload;
};

class TraceHandler {
 public:
  virtual ~TraceHandler() = default;
  virtual void on_header(const TraceHeader&) {}
  virtual void on_event(const TraceEvent& event) = 0;
};

/// The runtime's own providers.
inline constexpr std::string_view runtime_provider = "Microsoft-Windows-DotNETRuntime";
inline constexpr std::string_view rundown_provider = "Microsoft-Windows-DotNETRuntimeRundown";
inline constexpr std::string_view sample_provider = "Microsoft-DotNETCore-SampleProfiler";

}  // namespace dotdiag::diagnostics
