// Help, printed from the tables that the command lines are read by.
#pragma once

#include "collect/command.hpp"

#include <string>

namespace dotdiag::collect {

/// One sentence, and what stands below the commands: examples and exit codes.
extern const char* const program_summary;
extern const char* const program_footer;

std::string program_help();
std::string command_help(const Command& command);

}  // namespace dotdiag::collect
