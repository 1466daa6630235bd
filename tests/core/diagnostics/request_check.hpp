// Holds a request against the specification of its payload, written apart from the code that makes requests: what this
// finds fault with can kill the process that it is sent to.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace dotdiag::test {

/// Reads a payload from front to end.
class PayloadCheck {
 public:
  explicit PayloadCheck(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
      value |= std::uint64_t{static_cast<unsigned char>(bytes_.at(i))} << (8 * i);
    bytes_.remove_prefix(size);
    return value;
  }
  /// The number of UTF-16 units before the terminating zero.
  std::size_t text() {
    const std::uint64_t units = number(4);
    if (units == 0) return 0;
    if (units > bytes_.size() / 2) throw std::out_of_range("a text is longer than the payload");
    if (bytes_[2 * units - 1] != 0 || bytes_[2 * units - 2] != 0) throw std::out_of_range("a text has no zero");
    bytes_.remove_prefix(2 * units);
    return units - 1;
  }
  void providers() {
    const std::uint64_t count = number(4);
    if (count == 0 || count > 1000) throw std::out_of_range("wrong number of providers");
    for (std::uint64_t i = 0; i < count; ++i) {
      number(8);
      if (number(4) > 5) throw std::out_of_range("a level above 5");
      if (text() == 0) throw std::out_of_range("a provider without a name");
      text();
    }
  }
  void session() {
    if (number(4) == 0) throw std::out_of_range("no buffer");
    if (number(4) != 1) throw std::out_of_range("not the format nettrace");
  }
  void boolean() {
    if (number(1) > 1) throw std::out_of_range("neither true nor false");
  }
  void dump() {
    if (text() == 0) throw std::out_of_range("a dump without a file name");
    const std::uint64_t type = number(4);
    if (type < 1 || type > 4) throw std::out_of_range("not a type of dump");
    number(4);
  }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

inline void check_payload(unsigned set, unsigned id, PayloadCheck& payload) {
  switch (set << 8 | id) {
    case 0x101:
    case 0x102:
    case 0x103:
      return payload.dump();
    case 0x201:
      return static_cast<void>(payload.number(8));
    case 0x203:
      return payload.session(), payload.boolean(), payload.providers();
    case 0x205:
      return payload.session(), static_cast<void>(payload.number(8)), payload.boolean(), payload.providers();
    case 0x400:
    case 0x401:
    case 0x402:
    case 0x404:
    case 0x408:
      return;
    case 0x403:
      return payload.text() > 0 ? static_cast<void>(payload.text()) : throw std::out_of_range("no name");
    default:
      throw std::out_of_range("an unknown command");
  }
}

/// What is wrong with a whole message; empty where nothing is.
inline std::string request_problem(std::string_view message) {
  if (message.size() < 20) return "shorter than a header";
  if (message.substr(0, 14) != std::string_view("DOTNET_IPC_V1\0", 14))
    return "does not begin with the protocol's name";
  PayloadCheck header(message.substr(14, 6));
  if (header.number(2) != message.size()) return "its size is not what it says";
  const auto set = static_cast<unsigned>(header.number(1)), id = static_cast<unsigned>(header.number(1));
  if (header.number(2) != 0) return "the reserved bytes are not zero";
  PayloadCheck payload(message.substr(20));
  try {
    check_payload(set, id, payload);
  } catch (const std::out_of_range& problem) {
    return problem.what();
  }
  return payload.at_end() ? "" : "more than the command takes";
}

}  // namespace dotdiag::test
