// Replaces a file's content, or makes the file, so that nobody ever sees half of it.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// Writes `bytes` to the existing file `path`: a temporary file in the same directory, synced, takes the old one's mode
/// and (where permitted) owner, then its name. A link stays a link: the file that it leads to is replaced. Throws
/// InputError where that is not possible; the file is then as it was, and no temporary file is left.
void replace_file(const std::string& path, std::string_view bytes);

/// Like replace_file(), but makes the file where there is none, and writes straight into what is no regular file: a
/// pipe or a terminal. Throws InputError where that is not possible.
void put_file(const std::string& path, std::string_view bytes);

/// Throws InputError where put_file() could not put anything at `path`, as far as can be told beforehand.
void check_place_for(const std::string& path);

}  // namespace dotdiag
