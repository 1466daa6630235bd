// What tells which language a program is written in, or which well-known software it is: the names of files, images,
// programs and variables. Each answer is a name to show (`Go`, `Node.js`, `nginx`), `.NET`, or empty where nothing is
// said.
#pragma once

#include <string_view>

namespace dotdiag {

inline constexpr std::string_view dotnet_language = ".NET";

/// By a file that projects of the language keep at their root: `go.mod`, `package.json`, `Cart.csproj`.
std::string_view language_of_file(std::string_view file_name);

/// By an image that programs are built on, or run as it is: `golang:1.23-alpine`,
/// `registry.example.com/mirror/node:20`.
std::string_view language_of_image(std::string_view reference);

/// By the program that a container starts: `/usr/bin/java`, `python3.12`.
std::string_view language_of_program(std::string_view path);

/// By a variable that only such programs read: `JAVA_TOOL_OPTIONS`. Never .NET: see looks_like_dotnet.
std::string_view language_of_variable(std::string_view name);

/// By a port on which nothing else is expected: 5432. Never .NET.
std::string_view software_at_port(int port);

}  // namespace dotdiag
