// Ctrl-C, SIGTERM and a closed terminal, while something must be cleaned up: noted, never an end in the middle of it.
#pragma once

#include <signal.h>

#include <array>

namespace dotdiag {

/// While one of these is there, signals are noted and wait()s and reads end early.
class InterruptionWatch {
 public:
  InterruptionWatch();
  ~InterruptionWatch();
  InterruptionWatch(const InterruptionWatch&) = delete;
  InterruptionWatch& operator=(const InterruptionWatch&) = delete;

 private:
  std::array<struct sigaction, 3> before_;
};

/// The number of the signal that came; 0 where none has.
int interruption();

}  // namespace dotdiag
