// Sizes, counts and columns as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::collect {

/// `1.4 GB`, `312 kB`, `17 bytes`: units of 1000, as disks and networks count.
std::string size_text(std::uint64_t bytes);

/// `5 000 443`: digits in groups of three.
std::string grouped(std::uint64_t value);

/// Bytes that a terminal would act upon become `?`: names and command lines are anybody's.
std::string printable(std::string_view text);

/// Rows of equal length, each column as wide as its widest cell; `right` columns are aligned to the right. The last
/// column is not padded.
std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& right);

}  // namespace dotdiag::collect
