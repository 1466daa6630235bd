// What a runbook says about the program that takes a dump, and about sockets that are not found.
//
// The runtime writes no dump itself: it starts createdump, which lies beside libcoreclr.so. A single file of .NET 8 and
// later has that function in itself, and gives only full dumps. .NET 9 closes its diagnostic socket for good where
// createdump cannot be started: seen on .NET 9.0.1; 3.1 keeps its socket.
#pragma once

#include "core/ephemeral/plan.hpp"

#include <string_view>

namespace dotdiag {

class Runbook;

/// For a POSIX shell in the debugger, with the process as $1: prints the path of its createdump, `missing` where there
/// is none that could be started, `single-file` where none is needed, or `unknown` where the process may not be looked
/// at.
extern const std::string_view createdump_finder;

/// What to do after each answer of createdump_finder.
void explain_createdump(Runbook& book, const DebuggerPlan& plan);

/// The same where the debugger does not see the process, so that it can only be known beforehand.
void say_what_takes_dumps(Runbook& book, const DebuggerPlan& plan);

/// Why a search for the socket may have found none, the likeliest first.
void say_why_none_is_found(Runbook& book, const DebuggerPlan& plan);

}  // namespace dotdiag
