// What a runtime says first when it connects to us (DOTNET_DiagnosticPorts): who it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

inline constexpr std::size_t advertise_size = 34;

struct Advertise {
  std::string cookie;     ///< the GUID of ProcessInfo: the same for every connection of one runtime
  std::uint64_t pid = 0;  ///< as the process sees itself
};

/// Throws a malformed Failure where `bytes`, of advertise_size, are none.
Advertise parse_advertise(std::string_view bytes);

}  // namespace dotdiag::diagnostics
