#include "core/policy/runtime_settings.hpp"

#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {

bool reads_as_zero(std::string_view value) {
  value = trimmed(value);
  if (!value.empty() && (value.front() == '+' || value.front() == '-')) value.remove_prefix(1);
  if (value.substr(0, 2) == "0x" || value.substr(0, 2) == "0X") value.remove_prefix(2);
  const auto digits = value.substr(0, value.find_first_not_of("0123456789abcdefABCDEF"));
  return !digits.empty() && digits.find_first_not_of('0') == std::string_view::npos;
}

std::vector<DiagnosticPort> parse_diagnostic_ports(std::string_view value) {
  std::vector<DiagnosticPort> ports;
  for (const auto written : split(value, ';')) {
    const auto parts = split(written, ',');
    if (parts.empty() || parts.front().empty()) continue;
    const auto tag = std::find_if(parts.begin() + 1, parts.end(),
                                  [](std::string_view part) { return part == "suspend" || part == "nosuspend"; });
    ports.push_back({std::string(parts.front()), tag == parts.end() || *tag == "suspend"});
  }
  return ports;
}

}  // namespace dotdiag
