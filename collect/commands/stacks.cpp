// stacks: where every managed thread is now.
#include "collect/command.hpp"
#include "collect/interrupt.hpp"
#include "collect/stacks_report.hpp"
#include "collect/target.hpp"
#include "core/diagnostics/memory_room.hpp"
#include "core/diagnostics/stacks/sampling.hpp"

#include <iostream>

namespace dotdiag::collect {
namespace {

int run(const Arguments& arguments) {
  const std::string format = arguments.one_of("format", {"text", "json"});
  Target target(arguments);
  diagnostics::SamplingWish wish;
  wish.buffer_mb = buffer_that_fits(diagnostics::memory_room(target.process().pid), wish.buffer_mb, 8);
  diagnostics::Samples samples;
  sample_threads(target.client(), target.version(), wish, samples, [] { return !is_interrupted(); });
  const auto groups = group_stacks(samples);
  const Threads threads = threads_of(target.process().pid);
  if (format == "json")
    std::cout << stacks_json(groups, threads) << '\n';
  else
    print_stacks(groups, threads, std::cout);
  return interruption_code();
}

}  // namespace

Command stacks_command() {
  return {
      "stacks",
      "",
      "show where every managed thread of a process is, threads at the same place together",
      "Shows managed frames only, innermost first. Whether a thread runs or waits is what the kernel says a moment\n"
      "later. A thread that waits for a lock has Monitor.Enter at its top; with .NET 9, where that has no frame, it\n"
      "is the method with the lock itself that waits.",
      0,
      with_target({{"format", '\0', "FORMAT", "text or json; default: text"}}),
      run};
}

}  // namespace dotdiag::collect
