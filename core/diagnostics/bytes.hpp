// Reading and writing the little-endian values of the protocol and its files. A reader never leaves its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

/// Takes values from the front of `bytes`, which must outlive it. Everything comes from another process: what does not
/// fit throws a malformed Failure that says where, counted from `base`.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes, std::uint64_t base = 0) : bytes_(bytes), base_(base) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(take(1)[0]); }
  std::uint16_t u16() { return number<std::uint16_t>(); }
  std::uint32_t u32() { return number<std::uint32_t>(); }
  std::uint64_t u64() { return number<std::uint64_t>(); }
  float f32();
  double f64();
  /// Seven bits a byte, lowest first; at most 10 bytes.
  std::uint64_t varuint();
  /// The next `count` bytes.
  std::string_view take(std::uint64_t count);
  /// UTF-16 up to a zero unit, as UTF-8.
  std::string zero_terminated();
  /// `u32` units including the last, zero, and those units, as UTF-8.
  std::string counted();

  bool at_end() const { return at_ == bytes_.size(); }
  std::size_t left() const { return bytes_.size() - at_; }
  std::uint64_t offset() const { return base_ + at_; }

  /// Throws the Failure for something wrong at this place.
  [[noreturn]] void fail(const std::string& problem) const;

 private:
  template <typename Number>
  Number number();

  std::string_view bytes_;
  std::uint64_t base_;
  std::size_t at_ = 0;
};

/// Appends values to a string.
class ByteWriter {
 public:
  ByteWriter& u8(std::uint8_t value) { return number(value); }
  ByteWriter& u16(std::uint16_t value) { return number(value); }
  ByteWriter& u32(std::uint32_t value) { return number(value); }
  ByteWriter& u64(std::uint64_t value) { return number(value); }
  ByteWriter& f32(float value);
  ByteWriter& raw(std::string_view bytes);
  /// As `ByteReader::counted` reads it.
  ByteWriter& counted(std::string_view utf8);

  std::size_t size() const { return bytes_.size(); }
  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  template <typename Number>
  ByteWriter& number(Number value) {
    for (std::size_t i = 0; i < sizeof value; ++i)
      bytes_.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
    return *this;
  }

  std::string bytes_;
};

}  // namespace dotdiag::diagnostics
