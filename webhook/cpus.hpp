// How many processors a container may use.
#pragma once

#include <string_view>

namespace dotdiag {

/// One thread for each processor that the container's limit (cgroup v2) and the machine grant; at least 1, at most 4: a
/// review takes 0.1 ms, so four threads answer more than an API server asks.
unsigned default_threads();

/// The same from the text of `cpu.max` (`200000 100000` is two processors, `max 100000` no limit) and the machine's
/// number.
unsigned threads_for(std::string_view cpu_max, unsigned processors);

}  // namespace dotdiag
