#include "core/diagnostics/heap/fast_serialization.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/utf16.hpp"

#include <ostream>
#include <string>

namespace dotdiag::diagnostics {
namespace {

void append_unit(std::string& bytes, unsigned unit) {
  const auto put = [&](unsigned byte) { bytes.push_back(static_cast<char>(byte)); };
  if (unit < 0x80) return put(unit);
  if (unit < 0x800) {
    put(0xC0 | unit >> 6);
  } else {
    put(0xE0 | unit >> 12);
    put(0x80 | (unit >> 6 & 0x3F));
  }
  put(0x80 | (unit & 0x3F));
}

}  // namespace

SerializationWriter& SerializationWriter::raw(std::string_view bytes) {
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  written_ += bytes.size();
  return *this;
}

SerializationWriter& SerializationWriter::u8(std::uint8_t value) {
  return raw(ByteWriter().u8(value).bytes());
}

SerializationWriter& SerializationWriter::u32(std::uint32_t value) {
  return raw(ByteWriter().u32(value).bytes());
}

SerializationWriter& SerializationWriter::u64(std::uint64_t value) {
  return raw(ByteWriter().u64(value).bytes());
}

SerializationWriter& SerializationWriter::text(std::string_view utf8) {
  const std::u16string units = utf16_from_utf8(utf8);
  std::string bytes;
  for (const char16_t unit : units)
    append_unit(bytes, unit);
  return count(units.size()).raw(bytes);
}

SerializationWriter& SerializationWriter::begin(std::string_view type, std::uint32_t version, std::uint32_t oldest) {
  return u8(tag_begin).u8(tag_begin).u8(tag_null).u32(version).u32(oldest).ascii(type).u8(tag_end);
}

}  // namespace dotdiag::diagnostics
