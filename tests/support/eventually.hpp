// Waiting for what happens in another thread or process.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace dotdiag::test {

/// True as soon as `holds()` is; false where it is not so within half a minute, which no machine is too busy for.
inline bool eventually(const std::function<bool()>& holds) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::seconds(30);
  while (!holds()) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace dotdiag::test
