// stream: another command's answer, so that whoever reads it over a network knows whether all of it came.
#include "collect/command.hpp"
#include "collect/relay.hpp"

#include <limits>

namespace dotdiag::collect {
namespace {

int run(const Arguments& arguments) {
  if (arguments.positional().empty()) throw Misuse("which command? give it after --");
  return relay(arguments.positional());
}

}  // namespace

Command stream_command() {
  return {"stream",
          "COMMAND...",
          "run a command for kubectl dotdiag, which notices when the connection is cut",
          "What the command writes goes out in frames, with its length and SHA-256 at the end. Standard input must be\n"
          "held open: when it is closed, the command is ended as by Ctrl-C. Its options stand behind --:\n"
          "dotdiag-collect stream -- dump -o - --yes",
          std::numeric_limits<std::size_t>::max(),
          {},
          run};
}

}  // namespace dotdiag::collect
