// The runtime's error codes in words.
#pragma once

#include <cstdint>
#include <string>

namespace dotdiag::diagnostics {

/// Codes that decisions are made by. Source: dotnet/runtime, ds-types.h and corerror.xml.
inline constexpr std::uint32_t hresult_bad_encoding = 0x80131384;
inline constexpr std::uint32_t hresult_unknown_command = 0x80131385;
inline constexpr std::uint32_t hresult_fail = 0x80004005;

/// What `hresult` means, with the code behind it: `unknown command (0x80131385)`.
std::string describe_hresult(std::uint32_t hresult);

}  // namespace dotdiag::diagnostics
