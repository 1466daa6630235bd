// How the .NET runtime reads the variables it is configured with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// ASCII only: the words that the runtime knows have no other letters.
constexpr char lower_case(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool equal_but_for_case(std::string_view left, std::string_view right);

/// The number that CoreCLR makes of `value`: white space before it, a sign and (in base 16) `0x` may precede the
/// digits, and what follows them is ignored. Nothing where there is no digit, or the number does not fit 32 bits: the
/// setting then has its default. Most settings are hexadecimal; those of crash dumps are decimal. A sign does not count
/// here. Source: dotnet/runtime, src/coreclr/utilcode/clrconfig.cpp (GetConfigDWORD) and inc/clrconfignocache.h.
std::optional<std::uint32_t> read_number(std::string_view value, unsigned base = 16);

/// True where CoreCLR reads `value` as zero: `0` and `0x0` are, `false` is 0xFA, `no` and the empty string leave the
/// default.
bool reads_as_zero(std::string_view value);

/// One address of DOTNET_DiagnosticPorts.
struct DiagnosticPort {
  std::string address;
  bool suspends = true;  ///< without `nosuspend` the runtime waits at start-up until somebody connects
  bool listens = false;  ///< the runtime would wait for tools there; CoreCLR ignores such a port
  std::vector<std::string> unknown_tags = {};  ///< what the runtime ignores, blanks and all
};

/// The ports in the value of DOTNET_DiagnosticPorts: `address[,tag...]`, separated by `;`. Of contrary tags the first
/// counts; their case does not. Empty parts are skipped, and blanks belong to the part they stand in: ` nosuspend` is
/// an unknown tag. Source: dotnet/runtime, src/native/eventpipe/ds-ipc.c.
std::vector<DiagnosticPort> parse_diagnostic_ports(std::string_view value);

/// True for `connect`, `listen`, `suspend` and `nosuspend`, in any case.
bool is_port_tag(std::string_view word);

}  // namespace dotdiag
