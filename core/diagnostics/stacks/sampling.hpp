// Samples a live process until every thread that runs managed code was seen.
#pragma once

#include "core/diagnostics/client.hpp"
#include "core/diagnostics/stacks/samples.hpp"

#include <chrono>
#include <cstdint>
#include <functional>

namespace dotdiag::diagnostics {

struct SamplingWish {
  std::uint32_t buffer_mb = 64;
  std::uint64_t rounds = 3;                    ///< how often every thread is looked at, at least
  std::chrono::milliseconds patience{10'000};  ///< for the rounds: a busy process gets to it late
  std::chrono::milliseconds silence{60'000};   ///< for the names of its methods, which follow
};

/// The session's providers and rundown, for whoever records it instead.
SessionWish sampling_session(std::uint32_t buffer_mb);

/// `keep_on` is asked a few times a second and can end it early. Throws a Failure, also where no thread was seen at
/// all.
void sample_threads(Client& client, const RuntimeVersion& version, const SamplingWish& wish, Samples& samples,
                    const std::function<bool()>& keep_on);

}  // namespace dotdiag::diagnostics
