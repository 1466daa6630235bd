// Where the sources are and where this was built. Compiled once: whatever else had these paths in its command line
// would be compiled anew in each checkout.
#pragma once

#include <string>

namespace dotdiag::test {

/// The path of what is at `below` in the sources; their own where that is empty.
std::string source_path(const std::string& below = {});

/// The path of what is at `below` in this build's directory.
std::string build_path(const std::string& below);

}  // namespace dotdiag::test
