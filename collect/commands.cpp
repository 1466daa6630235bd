#include "collect/command.hpp"

namespace dotdiag::collect {

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      ps_command(),       info_command(),  env_command(),  heap_command(),    gcdump_command(), stacks_command(),
      counters_command(), trace_command(), dump_command(), convert_command(), cost_command(),   resume_command(),
      listen_command(),   wait_command(),  cat_command(),  stream_command(),
  };
  return all;
}

}  // namespace dotdiag::collect
