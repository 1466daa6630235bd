// JSON Pointer (RFC 6901): the address of a value inside a document.
#pragma once

#include "core/document/json.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace dotdiag {

/// A list of reference tokens. `Pointer{} / "spec" / "containers" / 0` prints as `/spec/containers/0`, and that is also
/// how it is kept: to copy one costs no more than a string.
class Pointer {
 public:
  /// For a loop over tokens(), and nothing else.
  class TokenIterator {
   public:
    explicit TokenIterator(std::string_view rest) : rest_(rest) { read(); }
    TokenIterator(const TokenIterator&) = delete;
    TokenIterator& operator=(const TokenIterator&) = delete;

    std::string_view operator*() const { return token_; }
    TokenIterator& operator++();
    friend bool operator==(const TokenIterator& a, const TokenIterator& b) { return a.rest_.size() == b.rest_.size(); }

   private:
    void read();

    std::string_view rest_;         ///< from this token's slash on
    std::size_t written_size_ = 0;  ///< of this token with its slash
    std::string_view token_;        ///< without escapes: in the pointer's text, or in `unescaped_`
    std::string unescaped_;
  };

  struct Tokens {
    std::string_view text;
    TokenIterator begin() const { return TokenIterator(text); }
    TokenIterator end() const { return TokenIterator({}); }
  };

  Pointer() = default;

  /// The pointer written in `text`; throws std::invalid_argument where RFC 6901 section 3 refuses it.
  static Pointer parse(std::string_view text);

  Pointer operator/(std::string_view key) const&;
  Pointer operator/(std::string_view key) &&;
  Pointer operator/(std::size_t index) const&;
  Pointer operator/(std::size_t index) &&;
  Pointer operator/(const Pointer& tail) const;

  bool empty() const { return text_.empty(); }
  /// How many tokens it has. Linear in its length.
  std::size_t size() const;
  /// The tokens, unescaped, from first to last, for a loop: each is valid until the next is asked for, and none longer
  /// than the pointer.
  Tokens tokens() const& { return {text_}; }
  Tokens tokens() const&& = delete;
  /// The last token; the pointer must not be empty.
  std::string back() const;
  /// The pointer without its last token; the pointer must not be empty.
  Pointer parent() const;
  bool starts_with(const Pointer& head) const;
  /// What follows `head`, with which the pointer must start.
  Pointer below(const Pointer& head) const;

  /// `~` as `~0` and `/` as `~1`, RFC 6901 section 3.
  const std::string& text() const { return text_; }

  friend bool operator==(const Pointer&, const Pointer&) = default;

 private:
  explicit Pointer(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

/// The array index that `token` spells (RFC 6901 section 4: digits without leading zeros), or npos.
std::size_t array_index(std::string_view token);
inline constexpr std::size_t npos = static_cast<std::size_t>(-1);

/// The value at `pointer`, or nullptr where there is none. A null found there is returned: it exists.
const Json* value_at(const Json& document, const Pointer& pointer);
Json* value_at(Json& document, const Pointer& pointer);

}  // namespace dotdiag
