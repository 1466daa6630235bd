// Stacks as text and JSON.
#pragma once

#include "core/diagnostics/stacks/thread_stacks.hpp"

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace dotdiag::collect {

/// What the kernel knows of a thread.
struct ThreadLook {
  std::string name;
  std::string state;  ///< running or waiting; empty where it is not known
};

/// By their number inside the process; may be empty.
using Threads = std::map<std::uint64_t, ThreadLook>;

/// From /proc of a process that we can see.
Threads threads_of(int pid);

void print_stacks(const std::vector<diagnostics::StackGroup>& groups, const Threads& known, std::ostream& out);
std::string stacks_json(const std::vector<diagnostics::StackGroup>& groups, const Threads& known);

}  // namespace dotdiag::collect
