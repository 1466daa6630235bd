// File names as services that show a repository want them.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// `file` as it is called in its repository: from the directory with `.git`, links resolved. Outside of the repository
/// that the current directory is in, and for what is no file (`<stdin>`), as it is, less a leading `./`.
std::string repository_path(const std::string& file);

/// `path` as a URI reference (RFC 3986): percent-encoded, and an absolute one with `file://`.
std::string uri_of(std::string_view path);

}  // namespace dotdiag
