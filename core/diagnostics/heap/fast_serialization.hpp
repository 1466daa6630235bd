// The values of FastSerialization, in which .gcdump files are written: .NET's TraceEvent library reads and writes them.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string_view>

namespace dotdiag::diagnostics {

/// What stands before a value that is not of a fixed kind.
enum SerializationTag : std::uint8_t {
  tag_null = 1,
  tag_begin = 4,
  tag_end = 6,
  tag_byte = 8,
  tag_skip = 12,
  tag_string = 13,
};

/// Writes to `out`, which must outlive it; knows how far it has got, which the end of a file refers to.
class SerializationWriter {
 public:
  explicit SerializationWriter(std::ostream& out) : out_(out) {}

  std::uint64_t written() const { return written_; }

  SerializationWriter& raw(std::string_view bytes);
  SerializationWriter& u8(std::uint8_t value);
  SerializationWriter& u32(std::uint32_t value);
  SerializationWriter& u64(std::uint64_t value);
  SerializationWriter& count(std::size_t value) { return u32(static_cast<std::uint32_t>(value)); }
  SerializationWriter& ascii(std::string_view text) { return count(text.size()).raw(text); }
  /// The number of UTF-16 units, and each unit as UTF-8 by itself.
  SerializationWriter& text(std::string_view utf8);
  SerializationWriter& null_text() { return u32(0xFFFFFFFF); }
  /// The begin of an object of this type.
  SerializationWriter& begin(std::string_view type, std::uint32_t version, std::uint32_t oldest);

 private:
  std::ostream& out_;
  std::uint64_t written_ = 0;
};

}  // namespace dotdiag::diagnostics
