// How the .NET runtime reads the variables it is configured with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// True where CoreCLR reads `value` as zero. It parses hexadecimal digits and ignores what follows: `0` and `0x0` are
/// zero, `false` is 0xFA, `no` and the empty string do not parse and leave the default. Source: dotnet/runtime,
/// src/coreclr/utilcode/clrconfig.cpp, GetConfigDWORD.
bool reads_as_zero(std::string_view value);

/// One address of DOTNET_DiagnosticPorts.
struct DiagnosticPort {
  std::string address;
  bool suspends = true;  ///< without `nosuspend` the runtime waits at start-up until somebody connects
};

/// The ports in the value of DOTNET_DiagnosticPorts: `address[,tag...]`, separated by `;`. Of contrary tags the first
/// counts. Source: dotnet/docs, docs/core/diagnostics/diagnostic-port.md.
std::vector<DiagnosticPort> parse_diagnostic_ports(std::string_view value);

}  // namespace dotdiag
