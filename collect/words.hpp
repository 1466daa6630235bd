// Counts and columns as people read them; sizes from core/transfer.
#pragma once

#include "core/transfer/size_words.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::collect {

using transfer::size_words;

/// `5 000 443`: digits in groups of three.
std::string grouped(std::uint64_t value);

/// Bytes that a terminal would act upon become `?`: names and command lines are anybody's.
std::string printable(std::string_view text);

/// Rows of equal length, each column as wide as its widest cell; `right` columns are aligned to the right. The last
/// column is not padded.
std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& right);

}  // namespace dotdiag::collect
