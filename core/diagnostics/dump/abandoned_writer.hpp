// createdump after the death of its process: .NET 3.1's then reads nothing for ever, at the price of a whole processor.
#pragma once

#include <string>

namespace dotdiag::diagnostics {

/// True where the process has ended, also where nobody has taken note of its end yet.
bool has_ended(int pid);

/// Ends every process that was started to write a dump to `their_path`, a name that only we have made.
void end_writers_of(const std::string& their_path);

}  // namespace dotdiag::diagnostics
