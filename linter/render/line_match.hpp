// Which line of a template a rendered line came from.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dotdiag {

/// For each line of `rendered` the number (1-based) of the line of `text`, a template, that it came from; 0 where that
/// cannot be told. Lines keep their order, one that is the same in both is taken before one of which an action (`{{ ...
/// }}`) leaves a part open, and of several alignments the longest. Where the two are too long to compare, all are 0.
std::vector<std::size_t> match_lines(std::string_view text, std::string_view rendered);

}  // namespace dotdiag
