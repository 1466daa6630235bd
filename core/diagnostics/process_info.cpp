#include "core/diagnostics/process_info.hpp"

#include "core/diagnostics/bytes.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace dotdiag::diagnostics {

RuntimeVersion parse_runtime_version(std::string_view text) {
  RuntimeVersion version;
  for (int* part : {&version.major, &version.minor, &version.patch}) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *part);
    if (error != std::errc() || *part < 0) {
      *part = 0;
      break;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with('.')) break;
    text.remove_prefix(1);
  }
  return version;
}

std::string guid_text(std::string_view bytes) {
  ByteReader reader(bytes);
  const unsigned first = reader.u32(), second = reader.u16(), third = reader.u16();
  const std::string_view rest = reader.take(8);
  const auto at = [&](std::size_t i) { return static_cast<unsigned>(static_cast<std::uint8_t>(rest[i])); };
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", first, second, third,
                at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7));
  return text.data();
}

ProcessInfo parse_process_info(std::string_view payload, int variant) {
  ByteReader reader(payload);
  ProcessInfo info;
  info.variant = variant;
  if (variant == 3) reader.u32();  // the layout's version: later ones append
  info.pid = reader.u64();
  info.cookie = guid_text(reader.take(16));
  info.command_line = reader.counted();
  info.os = reader.counted();
  info.architecture = reader.counted();
  if (variant >= 2) info.assembly = reader.counted();
  if (variant >= 2) info.clr_version = reader.counted();
  if (variant >= 3) info.rid = reader.counted();
  return info;
}

std::vector<std::string> parse_environment(std::string_view block) {
  ByteReader reader(block);
  std::vector<std::string> variables;
  for (std::uint32_t count = reader.u32(); count > 0; --count)
    variables.push_back(reader.counted());
  return variables;
}

}  // namespace dotdiag::diagnostics
