#include "core/diagnostics/message.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/hresult.hpp"

namespace dotdiag::diagnostics {
namespace {

constexpr std::string_view magic("DOTNET_IPC_V1\0", 14);
constexpr std::uint8_t answer_set = 0xFF, answer_ok = 0x00, answer_error = 0xFF;

/// The runtime's own words behind the code: GenerateCoreDump3 has them. What does not parse is left out: the code says
/// enough, and an error about an error does not help.
std::string reason_of(std::string_view payload) {
  try {
    ByteReader reader(payload);
    reader.u32();
    return reader.at_end() ? std::string() : reader.counted();
  } catch (const Failure&) {
    return {};
  }
}

}  // namespace

std::string encode_message(std::uint8_t set, std::uint8_t id, std::string_view payload) {
  if (payload.size() > longest_payload)
    throw Failure(FailureKind::unsuitable, "the request has " + std::to_string(payload.size()) +
                                               " bytes, the protocol allows " + std::to_string(longest_payload) +
                                               ": ask for less at a time");
  const auto size = static_cast<std::uint16_t>(header_size + payload.size());
  return ByteWriter().raw(magic).u16(size).u8(set).u8(id).u16(0).raw(payload).take();
}

MessageHeader parse_header(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.take(magic.size()) != magic)
    throw Failure(FailureKind::malformed, "the answer does not begin as the runtime's do: is this its socket?");
  const std::size_t size = reader.u16();
  if (size < header_size) reader.fail("the answer says that it is shorter than its own header");
  MessageHeader header;
  header.set = reader.u8();
  header.id = reader.u8();
  header.payload_size = size - header_size;
  return header;
}

void check_answer(const MessageHeader& header, std::string_view payload, const std::string& what) {
  if (header.set == answer_set && header.id == answer_ok) return;
  if (header.set != answer_set || header.id != answer_error)
    throw Failure(FailureKind::malformed, what + ": the answer is neither a success nor an error (set " +
                                              std::to_string(header.set) + ", id " + std::to_string(header.id) + ")");
  if (payload.size() < 4) throw Failure(FailureKind::refused, what + ": the runtime refused and gave no reason");
  const std::uint32_t hresult = ByteReader(payload).u32();
  const std::string reason = reason_of(payload);
  throw Failure(FailureKind::refused,
                what + ": " + (reason.empty() ? describe_hresult(hresult) : "the runtime says: " + reason), hresult);
}

}  // namespace dotdiag::diagnostics
