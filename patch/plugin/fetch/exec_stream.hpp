// One `kubectl exec` whose output is read as it comes. Its standard input is held open for as long as somebody reads:
// the program in the pod ends when that closes.
#pragma once

#include "patch/plugin/kubectl.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct StreamWish {
  std::vector<std::string> arguments;               ///< of kubectl
  std::chrono::seconds patience{30};                ///< how long nothing may come
  std::function<bool(std::string_view)> take;       ///< what came; false: nothing more is wanted
  std::function<void(std::string_view)> complaint;  ///< kubectl's own standard error
  std::function<bool()> tick;                       ///< several times a second; false: this takes too long
};

/// Why it is over.
enum class StreamEnd {
  closed,       ///< kubectl ended, or closed its output
  stalled,      ///< nothing came for too long
  refused,      ///< `take` wanted no more
  too_long,     ///< `tick` said so
  interrupted,  ///< by a signal to us, see interruption.hpp
};

/// Throws InputError where there is no kubectl, and what `take` throws; kubectl is gone in any case.
StreamEnd stream_exec(const Kubectl& kubectl, const StreamWish& wish);

}  // namespace dotdiag
