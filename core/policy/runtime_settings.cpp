#include "core/policy/runtime_settings.hpp"

#include "core/policy/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

namespace dotdiag {
namespace {

constexpr unsigned no_digit = 16;

unsigned digit(char character) {
  if (character >= '0' && character <= '9') return static_cast<unsigned>(character - '0');
  if (character >= 'a' && character <= 'f') return static_cast<unsigned>(character - 'a' + 10);
  if (character >= 'A' && character <= 'F') return static_cast<unsigned>(character - 'A' + 10);
  return no_digit;
}

/// The parts between `separator`s as strtok cuts them: none is empty.
std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

void set_tag(DiagnosticPort& port, std::string_view tag) {
  if (equal_but_for_case(tag, "suspend")) {
    port.suspends = true;
  } else if (equal_but_for_case(tag, "nosuspend")) {
    port.suspends = false;
  } else if (equal_but_for_case(tag, "listen")) {
    port.listens = true;
  } else if (equal_but_for_case(tag, "connect")) {
    port.listens = false;
  } else {
    port.unknown_tags.emplace_back(tag);
  }
}

}  // namespace

bool equal_but_for_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char one, char other) { return lower_case(one) == lower_case(other); });
}

std::optional<std::uint32_t> read_number(std::string_view value, unsigned base) {
  value = trimmed(value);
  if (!value.empty() && (value.front() == '+' || value.front() == '-')) value.remove_prefix(1);
  const bool is_prefixed = base == 16 && value.size() > 2 && value[0] == '0' && (value[1] == 'x' || value[1] == 'X');
  if (is_prefixed && digit(value[2]) < base) value.remove_prefix(2);

  std::uint64_t number = 0;
  std::size_t count = 0;
  for (; count < value.size() && digit(value[count]) < base; ++count) {
    number = number * base + digit(value[count]);
    if (number > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  }
  return count == 0 ? std::nullopt : std::optional(static_cast<std::uint32_t>(number));
}

bool reads_as_zero(std::string_view value) {
  return read_number(value) == 0U;
}

std::vector<DiagnosticPort> parse_diagnostic_ports(std::string_view value) {
  std::vector<DiagnosticPort> ports;
  for (const auto written : parts_of(value, ';')) {
    const auto parts = parts_of(written, ',');
    if (parts.empty()) continue;
    DiagnosticPort port{std::string(parts.front())};
    // From the last to the first, as the runtime does: so the first of a kind is the one that stays.
    for (auto tag = parts.rbegin(); tag != std::prev(parts.rend()); ++tag)
      set_tag(port, *tag);
    std::reverse(port.unknown_tags.begin(), port.unknown_tags.end());
    ports.push_back(std::move(port));
  }
  return ports;
}

bool is_port_tag(std::string_view word) {
  constexpr std::array<std::string_view, 4> tags = {"connect", "listen", "suspend", "nosuspend"};
  return std::any_of(tags.begin(), tags.end(), [&](auto tag) { return equal_but_for_case(word, tag); });
}

}  // namespace dotdiag
