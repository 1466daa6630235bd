// A line on a terminal that says how far a long run has come.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <ostream>

namespace dotdiag {

/// Nothing for the first second; then, a few times a second, `1200 of 4000 files`, over itself.
class FilesDone {
 public:
  using Clock = std::chrono::steady_clock;

  /// `out` is where people look; nullptr: nobody does, and nothing is written.
  FilesDone(std::ostream* out, std::size_t total, std::function<Clock::time_point()> now = Clock::now);

  /// One more is done.
  void step();
  /// Takes the line away, so that something else can be written.
  void clear();

 private:
  std::ostream* out_;
  std::size_t total_;
  std::size_t done_ = 0;
  std::function<Clock::time_point()> now_;
  Clock::time_point next_;
  bool is_shown_ = false;
};

}  // namespace dotdiag
