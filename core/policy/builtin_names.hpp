// The names of the policies that are built in, for who only wants to offer them: no policy is read for that.
#pragma once

#include <string>
#include <vector>

namespace dotdiag {

/// Sorted.
std::vector<std::string> builtin_policy_names();

}  // namespace dotdiag
