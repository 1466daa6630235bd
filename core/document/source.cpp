#include "core/document/source.hpp"

#include "core/document/utf.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

namespace dotdiag {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16le_mark = "\xFF\xFE";
constexpr std::string_view utf16be_mark = "\xFE\xFF";

/// Columns are counted from the last block boundary, so that a line of many megabytes (minified JSON) costs no more
/// than a short one.
constexpr std::size_t block_size = 1024;

constexpr const char* save_as_utf8 = "save the file as UTF-8 text";

std::string at_byte(std::string_view what, std::size_t file_offset) {
  return std::string(what) + " at byte " + std::to_string(file_offset);
}

bool ends_line(std::string_view text, std::size_t offset) {
  if (text[offset] == '\n') return true;
  return text[offset] == '\r' && (offset + 1 == text.size() || text[offset + 1] != '\n');
}

}  // namespace

Source::Source(std::string name, std::string bytes) : name_(std::move(name)) {
  if (bytes.starts_with(utf16le_mark) || bytes.starts_with(utf16be_mark)) {
    take_utf16(bytes);
  } else {
    take_utf8(std::move(bytes));
  }
  const std::size_t nul = text_.find('\0');
  if (nul == std::string::npos) return;
  const std::size_t mark_size = has_byte_order_mark_ ? utf8_mark.size() : 0;
  const std::string what =
      encoding_ == Encoding::utf8 ? at_byte("a NUL character", nul + mark_size) : "a NUL character";
  throw error(nul, what, "this looks like a binary file or UTF-16 without a byte order mark; save it as UTF-8 text");
}

void Source::take_utf8(std::string bytes) {
  text_ = std::move(bytes);
  has_byte_order_mark_ = text_.starts_with(utf8_mark);
  if (has_byte_order_mark_) text_.erase(0, utf8_mark.size());
  index_lines();
  const std::size_t valid = valid_utf8_prefix(text_);
  if (valid == text_.size()) return;
  throw error(valid, at_byte("invalid UTF-8", valid + (has_byte_order_mark_ ? utf8_mark.size() : 0)), save_as_utf8);
}

void Source::take_utf16(std::string_view bytes) {
  encoding_ = bytes.starts_with(utf16be_mark) ? Encoding::utf16be : Encoding::utf16le;
  has_byte_order_mark_ = true;
  const std::string_view units = bytes.substr(utf16le_mark.size());
  Transcoded utf8 = transcode_utf16(units, encoding_ == Encoding::utf16be);
  text_ = std::move(utf8.text);
  index_lines();
  if (utf8.consumed == units.size()) return;
  throw error(text_.size(), at_byte("invalid UTF-16", utf16le_mark.size() + utf8.consumed), save_as_utf8);
}

void Source::index_lines() {
  line_starts_.reserve(static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n')) + 1);
  line_starts_.push_back(0);
  for (std::size_t offset = 0; offset < text_.size(); ++offset) {
    if (ends_line(text_, offset)) line_starts_.push_back(offset + 1);
  }
  if (dotdiag::is_ascii(text_)) return;
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text_.size(); offset += block_size) {
    characters_before_block_.push_back(count);
    count += count_characters(text().substr(offset, block_size));
  }
  characters_before_block_.push_back(count);
}

std::size_t Source::characters_before(std::size_t offset) const {
  if (is_ascii()) return offset;
  const std::size_t block = offset / block_size;
  return characters_before_block_[block] + count_characters(text().substr(block * block_size, offset % block_size));
}

Position Source::position(std::size_t offset) const {
  assert(offset <= text_.size());
  const auto next_line = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::size_t line_start = *std::prev(next_line);
  return {static_cast<std::size_t>(next_line - line_starts_.begin()),
          characters_before(offset) - characters_before(line_start) + 1};
}

std::string_view Source::line(std::size_t number) const {
  if (number == 0 || number > line_starts_.size()) return {};
  const std::size_t begin = line_starts_[number - 1];
  std::string_view found = text().substr(begin);
  if (number < line_starts_.size()) found = found.substr(0, line_starts_[number] - begin);
  if (found.ends_with('\n')) found.remove_suffix(1);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

InputError Source::error(std::size_t offset, std::string what, std::string remedy) const {
  return {name_, position(offset), std::move(what), std::move(remedy)};
}

}  // namespace dotdiag
