// The names of types: as the runtime sends them, and as PerfView and Visual Studio show them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

/// What stands for a type whose name did not come: `?0x7f00aa`.
std::string unnamed_type(std::uint64_t id);

/// ``List`1[Shop.Item]`` is shown as `List<Shop.Item>`; arrays keep their brackets.
std::string shown_type_name(std::string_view name);

/// ` (Bytes > 1K)` and so on for objects of that size, empty below.
std::string size_class(std::uint64_t bytes);

}  // namespace dotdiag::diagnostics
