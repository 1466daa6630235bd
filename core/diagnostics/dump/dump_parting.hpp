// When a dump is given up before it was written: the runtime was asked, and may begin with it at any time later, a
// stopped process after hours. Nobody would take that file away, and in memory it counts against the container's limit.
//
// So an empty directory takes the name. createdump cannot open one for writing: the runtime says that the dump failed,
// to nobody, and the process goes on.
#pragma once

#include "core/diagnostics/connection.hpp"
#include "core/diagnostics/dump/dump_wait.hpp"
#include "core/diagnostics/failure.hpp"

#include <string>

namespace dotdiag::diagnostics {

struct DumpName {
  std::string ours, theirs;
};

/// Bars the name, then waits for the runtime's answer for as long as `wish` says and frees it
/// again. Always throws `why`; where no answer came the directory stays, and the words say so.
[[noreturn]] void part_from_dump(Connection& connection, const DumpName& name, const DumpWish& wish,
                                 const Failure& why);

}  // namespace dotdiag::diagnostics
