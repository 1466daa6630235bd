// The text of one file, and where in it things stand.
#pragma once

#include "core/document/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// A file's text as UTF-8, without its byte order mark. UTF-16 input is transcoded.
class Source {
 public:
  enum class Encoding { utf8, utf16le, utf16be };

  /// Throws InputError at the first byte that is not valid UTF-8 (or UTF-16 behind its byte order mark), and at a NUL:
  /// neither can occur in YAML or JSON.
  Source(std::string name, std::string bytes);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  Encoding encoding() const { return encoding_; }
  bool has_byte_order_mark() const { return has_byte_order_mark_; }
  /// True where every character of text() is one byte.
  bool is_ascii() const { return characters_before_block_.empty(); }

  /// Line and column of the character at byte `offset` of text(); one past the end is allowed.
  /// Lines end at LF, CR LF or CR, as in YAML 1.2. The time does not depend on how long the line is.
  Position position(std::size_t offset) const;

  /// Line `number` (1-based) without its line break; empty where there is no such line.
  std::string_view line(std::size_t number) const;

  /// An InputError that points at byte `offset` of text().
  InputError error(std::size_t offset, std::string what, std::string remedy = {}) const;

 private:
  void take_utf8(std::string bytes);
  void take_utf16(std::string_view bytes);
  void index_lines();
  std::size_t characters_before(std::size_t offset) const;

  std::string name_;
  std::string text_;
  std::vector<std::size_t> line_starts_;
  std::vector<std::size_t> characters_before_block_;  ///< for every 1,024 bytes; empty where all text is ASCII
  Encoding encoding_ = Encoding::utf8;
  bool has_byte_order_mark_ = false;
};

}  // namespace dotdiag
