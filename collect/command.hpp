// What a command of the program is, and the table of all of them.
#pragma once

#include "collect/arguments.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace dotdiag::collect {

struct Command {
  std::string_view name;
  std::string_view words;    ///< what stands behind the options: `FILE`; empty: nothing
  std::string_view summary;  ///< one line
  std::string_view details;  ///< paragraphs for its --help; may be empty
  std::size_t most_words = 0;
  std::vector<Option> options;
  /// Answers the exit code: 0 done, 1 done but not whole or not as asked. Throws Misuse and diagnostics::Failure.
  int (*run)(const Arguments&);
};

/// In the order of the help.
const std::vector<Command>& commands();

// One for each file of commands/.
Command cat_command();
Command convert_command();
Command cost_command();
Command counters_command();
Command dump_command();
Command env_command();
Command gcdump_command();
Command heap_command();
Command info_command();
Command listen_command();
Command ps_command();
Command resume_command();
Command stacks_command();
Command stream_command();
Command trace_command();
Command wait_command();

}  // namespace dotdiag::collect
