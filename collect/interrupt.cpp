#include "collect/interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include <initializer_list>

namespace dotdiag::collect {
namespace {

volatile sig_atomic_t received = 0;

extern "C" void note(int signal) {
  // Whoever asks twice wants out: sockets close with the process, which frees the runtime's server.
  if (received != 0) _exit(128 + signal);
  received = signal;
}

}  // namespace

void watch_for_interruption() {
  struct sigaction action {};
  action.sa_handler = note;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    ::sigaction(signal, &action, nullptr);
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
}

bool is_interrupted() {
  return received != 0;
}

int interruption_code() {
  return received == 0 ? 0 : 128 + received;
}

}  // namespace dotdiag::collect
