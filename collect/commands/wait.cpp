// wait: what a debug container runs until somebody uses it; ends by itself, so that none is forgotten.
#include "collect/command.hpp"
#include "collect/interrupt.hpp"

#include <chrono>
#include <iostream>
#include <thread>

namespace dotdiag::collect {
namespace {

int run(const Arguments& arguments) {
  const std::uint64_t seconds = arguments.seconds("for", 3600);
  std::cerr << "waiting for " << seconds << " s: kubectl exec runs commands here meanwhile\n";
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (!is_interrupted() && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  return 0;
}

}  // namespace

Command wait_command() {
  return {"wait", "", "do nothing for a while: what a debug container runs",
          "",     0,  {{"for", '\0', "TIME", "How long; default: 1h"}},
          run};
}

}  // namespace dotdiag::collect
