// Why a .NET process has no socket that we could use, and what to do about it.
#pragma once

#include "core/diagnostics/discovery.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

/// Where its directory was looked into. `has_pipes`: it has made those of its debugger.
std::string why_no_socket(const DotnetProcess& process, std::uint64_t key, std::string_view environment,
                          bool has_pipes);

/// Where it may not be looked into.
std::string why_refused(const DotnetProcess& process);

}  // namespace dotdiag::diagnostics
