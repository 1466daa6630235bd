// What a question costs the process, before it is asked, and what of this pod speaks against it.
#pragma once

#include "core/document/json.hpp"
#include "patch/plugin/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// What `dotdiag-collect cost` says of the process. Bytes and seconds.
struct ProcessCost {
  std::string process;                       ///< `shop (pid 7, .NET 9.0.1)`
  std::optional<std::uint64_t> memory_left;  ///< of the container's limit; nothing where there is none
  double heap_seconds = 0;
  std::uint64_t heap_buffer = 0;
  std::uint64_t heap_dump = 0, full_dump = 0;
  std::string dump_way;  ///< pipe, file; empty: none
  std::string dump_way_words;
};

/// Throws InputError where `text` is not what `cost` prints.
ProcessCost parse_cost(const std::string& text);

struct Price {
  double pause_seconds = 0;        ///< for which the process stands still at most
  std::uint64_t memory = 0;        ///< of the container's
  std::uint64_t volume_bytes = 0;  ///< written to a volume or the container's own file system
  std::string words;               ///< all of that, for a person
  std::string impossible;          ///< not empty: why it cannot be done at all
};

/// Of a heap snapshot, with the buffer in MB that was wished (empty: none was).
Price price_of_snapshot(const ProcessCost& cost, std::string_view wished_buffer);

/// What the buffer of a session takes: what was wished, else `otherwise`, as far as the memory limit leaves room.
std::uint64_t buffer_bytes(const ProcessCost& cost, std::string_view wished_megabytes, std::uint64_t otherwise);

/// Why somebody should think twice: a probe that kills the process meanwhile, a memory limit without headroom, a volume
/// that evicts the pod. A sentence each.
std::vector<std::string> objections(const Price& price, const ProcessCost& cost, const Session& session);

/// What is more than the user allows; empty where nothing is.
std::string excess(const Price& price, const QuestionSettings& settings);

}  // namespace dotdiag
