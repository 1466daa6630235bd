// How far an answer is, as one line of a terminal: bytes, rate, time left, and for how long the process stands still.
#pragma once

#include "core/transfer/progress.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

class ProgressBar {
 public:
  using Clock = std::chrono::steady_clock;

  explicit ProgressBar(std::string title, Clock::time_point now = Clock::now())
      : title_(std::move(title)), begun_(now) {}

  /// What the command told.
  void tell(const transfer::Progress& progress, Clock::time_point now = Clock::now());
  /// So many bytes came over the connection.
  void receive(std::uint64_t bytes) { received_ += bytes; }

  /// The line now.
  std::string line(Clock::time_point now = Clock::now()) const;

  /// For how many seconds the process stands still now; 0 where it does not.
  double stands_for(Clock::time_point now = Clock::now()) const;
  /// For how long the process stood still, once that is over; nothing where it was not told.
  std::optional<double> stood() const { return stood_; }

 private:
  struct Measure {
    std::uint64_t done;
    std::uint64_t about;  ///< 0: nobody knows
  };
  Measure measure() const;
  std::string standstill(Clock::time_point now) const;

  std::string title_;
  Clock::time_point begun_;
  std::string phase_;
  Clock::time_point phase_begun_;
  std::uint64_t told_ = 0, about_ = 0;
  std::uint64_t received_ = 0, received_before_ = 0;  ///< in all, and when the phase began
  std::optional<Clock::time_point> stands_since_;
  std::optional<double> stood_;
};

}  // namespace dotdiag
