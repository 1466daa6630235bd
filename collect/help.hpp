// Help, printed from the tables that the command lines are read by.
#pragma once

#include "collect/command.hpp"

#include <string>

namespace dotdiag::collect {

std::string program_help();
std::string command_help(const Command& command);

}  // namespace dotdiag::collect
