#include "core/diagnostics/bytes.hpp"

#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/utf16.hpp"

#include <bit>

namespace dotdiag::diagnostics {

void ByteReader::fail(const std::string& problem) const {
  throw Failure(FailureKind::malformed, "at byte " + std::to_string(offset()) + ": " + problem);
}

std::string_view ByteReader::take(std::uint64_t count) {
  if (count > left()) fail(std::to_string(count) + " bytes are announced, " + std::to_string(left()) + " are there");
  const std::string_view taken = bytes_.substr(at_, static_cast<std::size_t>(count));
  at_ += taken.size();
  return taken;
}

template <typename Number>
Number ByteReader::number() {
  const std::string_view bytes = take(sizeof(Number));
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    value |= std::uint64_t{static_cast<std::uint8_t>(bytes[i])} << (8 * i);
  return static_cast<Number>(value);
}

template std::uint16_t ByteReader::number();
template std::uint32_t ByteReader::number();
template std::uint64_t ByteReader::number();

float ByteReader::f32() {
  return std::bit_cast<float>(u32());
}

double ByteReader::f64() {
  return std::bit_cast<double>(u64());
}

std::uint64_t ByteReader::varuint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    const std::uint8_t byte = u8();
    value |= std::uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return value;
  }
  fail("a number has more than 10 bytes");
}

std::string ByteReader::zero_terminated() {
  std::size_t units = 0;
  while (at_ + 2 * units + 1 < bytes_.size() && (bytes_[at_ + 2 * units] != 0 || bytes_[at_ + 2 * units + 1] != 0))
    ++units;
  if (at_ + 2 * units + 1 >= bytes_.size()) fail("a text has no end");
  const std::string_view text = take(2 * units);
  take(2);
  return utf8_from_utf16(text);
}

std::string ByteReader::counted() {
  const std::uint32_t units = u32();
  if (units == 0) return {};
  const std::string_view text = take(std::uint64_t{units} * 2);
  if (text[text.size() - 2] != 0 || text[text.size() - 1] != 0) fail("a text does not end with a zero");
  return utf8_from_utf16(text.substr(0, text.size() - 2));
}

ByteWriter& ByteWriter::f32(float value) {
  return u32(std::bit_cast<std::uint32_t>(value));
}

ByteWriter& ByteWriter::raw(std::string_view bytes) {
  bytes_.append(bytes);
  return *this;
}

ByteWriter& ByteWriter::counted(std::string_view utf8) {
  const std::u16string units = utf16_from_utf8(utf8);
  u32(static_cast<std::uint32_t>(units.size() + 1));
  for (const char16_t unit : units)
    u16(static_cast<std::uint16_t>(unit));
  return u16(0);
}

}  // namespace dotdiag::diagnostics
