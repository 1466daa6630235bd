// Writes text back in the encoding that its file came in.
#include "core/edit/text_edit.hpp"
#include "core/edit/yaml_patch.hpp"

namespace dotdiag {
namespace {

void append_unit(std::string& bytes, unsigned unit, bool big_endian) {
  const char high = static_cast<char>((unit >> 8U) & 0xFFU);
  const char low = static_cast<char>(unit & 0xFFU);
  bytes += big_endian ? high : low;
  bytes += big_endian ? low : high;
}

void append_utf16(std::string& bytes, unsigned code_point, bool big_endian) {
  if (code_point < 0x10000) {
    append_unit(bytes, code_point, big_endian);
    return;
  }
  append_unit(bytes, 0xD800 + ((code_point - 0x10000) >> 10U), big_endian);
  append_unit(bytes, 0xDC00 + ((code_point - 0x10000) & 0x3FFU), big_endian);
}

}  // namespace

std::string encode_like(const Source& source, std::string_view text) {
  if (source.encoding() == Source::Encoding::utf8) {
    return (source.has_byte_order_mark() ? "\xEF\xBB\xBF" : "") + std::string(text);
  }
  const bool big_endian = source.encoding() == Source::Encoding::utf16be;
  std::string bytes;
  if (source.has_byte_order_mark()) append_utf16(bytes, 0xFEFF, big_endian);
  for (std::size_t at = 0; at < text.size();)
    append_utf16(bytes, next_code_point(text, at), big_endian);
  return bytes;
}

}  // namespace dotdiag
