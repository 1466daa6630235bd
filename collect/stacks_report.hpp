// Stacks as text and JSON.
#pragma once

#include "core/diagnostics/stacks/thread_stacks.hpp"

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace dotdiag::collect {

/// Names of threads by their number inside the process; may be empty.
using ThreadNames = std::map<std::uint64_t, std::string>;

/// From /proc of a process that we can see.
ThreadNames thread_names(int pid);

void print_stacks(const std::vector<diagnostics::StackGroup>& groups, const ThreadNames& names, std::ostream& out);
std::string stacks_json(const std::vector<diagnostics::StackGroup>& groups, const ThreadNames& names);

}  // namespace dotdiag::collect
