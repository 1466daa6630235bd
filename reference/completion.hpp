// Completions for the shells. Each is a script that knows the command line by heart: nothing is run to complete a word,
// but kubectl for what only the cluster knows.
#pragma once

#include "reference/command.hpp"

#include <string>

namespace dotdiag::reference {

/// `program` is the file that is completed: `kubectl-dotdiag`.
std::string bash_completion(const std::string& program, const Command& command);
std::string zsh_completion(const std::string& program, const Command& command);
std::string fish_completion(const std::string& program, const Command& command);

/// The executable kubectl_complete-NAME, which kubectl's own completion asks about the plugin kubectl-NAME: it gets the
/// words after the plugin's name, the last one unfinished, and prints what that can become and a number that says how
/// to go on. Source: kubernetes.io, "Extend kubectl with plugins", and spf13/cobra, ShellCompDirective.
std::string kubectl_completion(const std::string& program, const Command& command);

/// In single quotes, as bash and zsh read them.
std::string quoted(const std::string& text);

/// `--help --format`: what can be written where an option can stand.
std::string all_names(const Command& command);

}  // namespace dotdiag::reference
