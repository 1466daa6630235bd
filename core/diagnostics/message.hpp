// The frame that every request and answer has: 20 bytes, then a payload.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

inline constexpr std::size_t header_size = 20;
/// The size in the header has 16 bits.
inline constexpr std::size_t longest_payload = 65535 - header_size;

/// What stands in front of a payload.
struct MessageHeader {
  std::uint8_t set = 0;
  std::uint8_t id = 0;
  std::size_t payload_size = 0;
};

/// The whole message. Throws an unsuitable Failure where the payload does not fit into one.
std::string encode_message(std::uint8_t set, std::uint8_t id, std::string_view payload);

/// Throws a malformed Failure where `bytes`, of header_size, are no header.
MessageHeader parse_header(std::string_view bytes);

/// Throws a refused Failure where an answer with this header and payload is an error (`what` was asked for), a
/// malformed one where it is no answer at all.
void check_answer(const MessageHeader& header, std::string_view payload, const std::string& what);

}  // namespace dotdiag::diagnostics
