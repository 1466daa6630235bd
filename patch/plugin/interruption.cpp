#include "patch/plugin/interruption.hpp"

#include <cstddef>

namespace dotdiag {
namespace {

volatile sig_atomic_t received = 0;

constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP};

extern "C" void note(int signal) {
  received = signal;
}

}  // namespace

InterruptionWatch::InterruptionWatch() {
  struct sigaction action {};
  action.sa_handler = note;
  for (std::size_t i = 0; i < signals.size(); ++i)
    ::sigaction(signals[i], &action, &before_[i]);
}

InterruptionWatch::~InterruptionWatch() {
  for (std::size_t i = 0; i < signals.size(); ++i)
    ::sigaction(signals[i], &before_[i], nullptr);
}

int interruption() {
  return received;
}

}  // namespace dotdiag
