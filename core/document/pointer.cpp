#include "core/document/pointer.hpp"

#include "core/document/child.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <limits>
#include <stdexcept>
#include <utility>

namespace dotdiag {

namespace {

void check_escapes(std::string_view text) {
  for (auto tilde = text.find('~'); tilde != std::string_view::npos; tilde = text.find('~', tilde + 1)) {
    const char code = tilde + 1 < text.size() ? text[tilde + 1] : '\0';
    if (code != '0' && code != '1') throw std::invalid_argument("`~` is not followed by 0 or 1");
  }
}

std::string unescaped(std::string_view token) {
  std::string text;
  text.reserve(token.size());
  for (std::size_t i = 0; i < token.size(); ++i)
    text += token[i] != '~' ? token[i] : token[++i] == '0' ? '~' : '/';
  return text;
}

void append_token(std::string& text, std::string_view token) {
  text += '/';
  if (token.find('~') == std::string_view::npos && token.find('/') == std::string_view::npos) {
    text += token;
    return;
  }
  for (const char character : token) {
    if (character == '~') {
      text += "~0";
    } else if (character == '/') {
      text += "~1";
    } else {
      text += character;
    }
  }
}

/// The digits of a number; a view into itself.
class Digits {
 public:
  explicit Digits(std::size_t number)
      : size_(static_cast<std::size_t>(std::to_chars(text_.begin(), text_.end(), number).ptr - text_.begin())) {}
  std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, std::numeric_limits<std::size_t>::digits10 + 1> text_;
  std::size_t size_;
};

}  // namespace

Pointer Pointer::parse(std::string_view text) {
  if (!text.empty() && text.front() != '/') throw std::invalid_argument("a JSON pointer starts with `/`");
  check_escapes(text);
  return Pointer(std::string(text));
}

Pointer Pointer::operator/(std::string_view key) const& {
  Pointer longer;
  longer.text_.reserve(text_.size() + 1 + key.size());
  longer.text_ = text_;  // keeps the room
  append_token(longer.text_, key);
  return longer;
}

Pointer Pointer::operator/(std::string_view key) && {
  append_token(text_, key);
  return std::move(*this);
}

Pointer Pointer::operator/(std::size_t index) const& {
  return *this / Digits(index).view();
}

Pointer Pointer::operator/(std::size_t index) && {
  return std::move(*this) / Digits(index).view();
}

Pointer Pointer::operator/(const Pointer& tail) const {
  Pointer joined;
  joined.text_.reserve(text_.size() + tail.text_.size());
  joined.text_ = text_;
  joined.text_ += tail.text_;
  return joined;
}

std::size_t Pointer::size() const {
  return static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '/'));
}

std::string Pointer::back() const {
  assert(!empty());
  return unescaped(std::string_view(text_).substr(text_.rfind('/') + 1));
}

Pointer Pointer::parent() const {
  assert(!empty());
  return Pointer(text_.substr(0, text_.rfind('/')));
}

bool Pointer::starts_with(const Pointer& head) const {
  return text_.starts_with(head.text_) && (text_.size() == head.text_.size() || text_[head.text_.size()] == '/');
}

Pointer Pointer::below(const Pointer& head) const {
  assert(starts_with(head));
  return Pointer(text_.substr(head.text_.size()));
}

Pointer::TokenIterator& Pointer::TokenIterator::operator++() {
  rest_.remove_prefix(written_size_);
  read();
  return *this;
}

void Pointer::TokenIterator::read() {
  if (rest_.empty()) return;
  written_size_ = std::min(rest_.find('/', 1), rest_.size());
  token_ = rest_.substr(1, written_size_ - 1);
  if (token_.find('~') == std::string_view::npos) return;
  unescaped_ = unescaped(token_);
  token_ = unescaped_;
}

std::size_t array_index(std::string_view token) {
  if (token.size() > 1 && token.front() == '0') return npos;
  std::size_t index = npos;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  return error == std::errc{} && end == token.data() + token.size() ? index : npos;
}

const Json* value_at(const Json& document, const Pointer& pointer) {
  const Json* value = &document;
  for (const std::string_view token : pointer.tokens()) {
    value = child(*value, token);
    if (value == nullptr) return nullptr;
  }
  return value;
}

Json* value_at(Json& document, const Pointer& pointer) {
  return const_cast<Json*>(value_at(std::as_const(document), pointer));
}

}  // namespace dotdiag
