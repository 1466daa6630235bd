// JSON Pointer (RFC 6901): the address of a value inside a document.
#pragma once

#include "core/document/json.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// A list of reference tokens, unescaped. `Pointer{} / "spec" / "containers" / 0` prints as `/spec/containers/0`.
class Pointer {
 public:
  Pointer() = default;

  /// The pointer written in `text`; throws std::invalid_argument where RFC 6901 section 3 refuses it.
  static Pointer parse(std::string_view text);

  Pointer operator/(std::string_view key) const&;
  Pointer operator/(std::string_view key) &&;
  Pointer operator/(std::size_t index) const&;
  Pointer operator/(std::size_t index) &&;
  Pointer operator/(const Pointer& tail) const;

  const std::vector<std::string>& tokens() const { return tokens_; }
  bool empty() const { return tokens_.empty(); }
  const std::string& back() const { return tokens_.back(); }
  /// The pointer without its last token; the pointer must not be empty.
  Pointer parent() const;
  bool starts_with(const Pointer& head) const;

  /// `~` as `~0` and `/` as `~1`, RFC 6901 section 3.
  std::string text() const;

  friend bool operator==(const Pointer&, const Pointer&) = default;

 private:
  std::vector<std::string> tokens_;
};

/// The array index that `token` spells (RFC 6901 section 4: digits without leading zeros), or npos.
std::size_t array_index(std::string_view token);
inline constexpr std::size_t npos = static_cast<std::size_t>(-1);

/// The value at `pointer`, or nullptr where there is none. A null found there is returned: it exists.
const Json* value_at(const Json& document, const Pointer& pointer);
Json* value_at(Json& document, const Pointer& pointer);

}  // namespace dotdiag
