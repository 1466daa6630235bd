// Sizes as people read them, on both sides of the connection.
#pragma once

#include <cstdint>
#include <string>

namespace dotdiag::transfer {

/// `1.4 GB`, `312 kB`, `17 bytes`: units of 1000, as disks and networks count.
std::string size_words(std::uint64_t bytes);

}  // namespace dotdiag::transfer
