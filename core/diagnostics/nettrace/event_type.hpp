// The definition of an event type, out of a metadata event's payload.
#pragma once

#include "core/diagnostics/nettrace/event.hpp"

#include <cstdint>
#include <string_view>
#include <utility>

namespace dotdiag::diagnostics {

/// The number by which events refer to the type, and the type. `offset` is where the payload stands in the stream, for
/// messages. Throws a malformed Failure.
std::pair<std::uint32_t, EventType> parse_event_type(std::string_view payload, std::uint64_t offset);

}  // namespace dotdiag::diagnostics
