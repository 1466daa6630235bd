// env: the environment of a process. Names only, unless the values are asked for: they hold its secrets.
#include "collect/command.hpp"
#include "collect/json_object.hpp"
#include "collect/target.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/failure.hpp"

#include <algorithm>
#include <iostream>

namespace dotdiag::collect {
namespace {

/// Runtimes before 5.0 do not hand it out; the kernel has what the process was started with.
std::vector<std::string> environment_of(Target& target) {
  if (target.info().variant > 0) return target.client().environment();
  const std::string path = "/proc/" + std::to_string(target.process().pid) + "/environ";
  if (const auto text = diagnostics::read_proc_file(path)) return diagnostics::split_at_zeros(*text);
  throw diagnostics::Failure(diagnostics::FailureKind::unreachable,
                             path + ": cannot be read, and this runtime does not hand its environment out");
}

int run(const Arguments& arguments) {
  const std::string format = arguments.one_of("format", {"text", "json"});
  Target target(arguments);
  std::vector<std::string> variables = environment_of(target);
  std::sort(variables.begin(), variables.end());
  if (!arguments.has("values"))
    for (std::string& variable : variables)
      variable.resize(std::min(variable.find('='), variable.size()));
  if (format == "json")
    std::cout << json_texts(variables) << '\n';
  else
    for (const std::string& variable : variables)
      std::cout << printable(variable) << '\n';
  return 0;
}

}  // namespace

Command env_command() {
  return {"env",
          "",
          "list the environment variables of a process",
          "",
          0,
          with_target({{"values", '\0', "", "Print the values too: all secrets among them"},
                       {"format", '\0', "FORMAT", "text or json; default: text"}}),
          run};
}

}  // namespace dotdiag::collect
