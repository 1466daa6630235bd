// Replaces a file's content so that nobody ever sees half of it.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// Writes `bytes` to the existing file `path`: a temporary file in the same directory, synced, takes the old one's mode
/// and (where permitted) owner, then its name. A link stays a link: the file that it leads to is replaced. Throws
/// InputError where that is not possible; the file is then as it was, and no temporary file is left.
void replace_file(const std::string& path, std::string_view bytes);

}  // namespace dotdiag
