// A moment by which something must have happened.
#pragma once

#include <algorithm>
#include <chrono>

namespace dotdiag::diagnostics {

class Deadline {
 public:
  static Deadline in(std::chrono::milliseconds time) { return Deadline(std::chrono::steady_clock::now() + time); }

  bool has_passed() const { return std::chrono::steady_clock::now() >= at_; }

  /// What poll() takes: never negative, and rounded up, so that a wait of this length does pass the deadline.
  int milliseconds_left() const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(at_ - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<long long>(left.count(), 0, 1'000'000'000));
  }

 private:
  explicit Deadline(std::chrono::steady_clock::time_point at) : at_(at) {}

  std::chrono::steady_clock::time_point at_;
};

}  // namespace dotdiag::diagnostics
