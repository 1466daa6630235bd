// What the commands that take a heap snapshot share: its price, the consent, the snapshot itself.
#pragma once

#include "collect/arguments.hpp"
#include "collect/target.hpp"
#include "core/diagnostics/heap/heap_snapshot.hpp"

#include <functional>
#include <vector>

namespace dotdiag::collect {

/// --buffer and --yes, and the target's.
std::vector<Option> heap_options(std::vector<Option> own);

/// For how many seconds a snapshot stops the process at most: as if all of its memory were small objects.
double longest_pause(const Target& target);

/// The session's buffer in MB for all of its stream, where the memory limit leaves that.
std::uint32_t likely_buffer(const Target& target);

/// Says what it costs where that is much, asks, and takes the snapshot; answers the lost events.
std::uint64_t take_snapshot(Target& target, const Arguments& arguments, bool with_modules,
                            diagnostics::TraceHandler& handler, const std::function<bool()>& has_ended);

/// Prints what is missing from the snapshot, where anything is, and answers the exit code for that.
int report_gaps(const std::vector<std::string>& gaps);

}  // namespace dotdiag::collect
