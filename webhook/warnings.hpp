// Writes what the author of an object is told, as kubectl prints it behind `Warning: `.
#pragma once

#include "core/policy/evaluate.hpp"
#include "core/policy/rule.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// The API server cuts warnings off after 256 characters, and after 4,096 in all; people read no more than these.
inline constexpr std::size_t most_warnings = 3;
inline constexpr std::size_t longest_warning = 120;

/// `dotdiag: <message>: <remedy> [<id>]` in at most longest_warning characters: of a longer one the remedy is cut
/// first, then the message, never the id. Control characters, which HTTP headers cannot carry, become spaces.
std::string admission_warning(std::string_view message, std::string_view remedy, std::string_view id);

/// At most most_warnings for one evaluation and what fires on its result, the worst first: why nothing could be judged,
/// conflicts, hazards that are errors, hazards that are warnings, what could not be known, what GitOps tools would
/// object to. Notes are left out.
std::vector<std::string> admission_warnings(const Evaluation& evaluation, const std::vector<Fired>& fired);

}  // namespace dotdiag
