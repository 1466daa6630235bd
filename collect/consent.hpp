// Before something that a process will feel: says what it costs, and asks.
#pragma once

#include "collect/arguments.hpp"

#include <string>

namespace dotdiag::collect {

/// The option that answers beforehand.
inline constexpr Option yes_option = {"yes", 'y', "",
                                      "Do not ask before what stops the process for long or takes much of its memory"};

/// Prints `cost` and goes on where --yes was given or a person at the terminal agrees. Throws a Failure otherwise.
void ask_for_consent(const Arguments& arguments, const std::string& cost);

}  // namespace dotdiag::collect
