#include "core/document/pointer.hpp"

#include "core/document/child.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace dotdiag {

namespace {

std::string unescaped(std::string_view token) {
  std::string text;
  text.reserve(token.size());
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      text += token[i];
      continue;
    }
    const char code = ++i < token.size() ? token[i] : '\0';
    if (code != '0' && code != '1') throw std::invalid_argument("`~` is not followed by 0 or 1");
    text += code == '0' ? '~' : '/';
  }
  return text;
}

void append_escaped(std::string& text, const std::string& token) {
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

}  // namespace

Pointer Pointer::parse(std::string_view text) {
  Pointer pointer;
  if (text.empty()) return pointer;
  if (text.front() != '/') throw std::invalid_argument("a JSON pointer starts with `/`");
  pointer.tokens_.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '/')));
  while (!text.empty()) {
    text.remove_prefix(1);
    const std::string_view token = text.substr(0, text.find('/'));
    pointer.tokens_.push_back(unescaped(token));
    text.remove_prefix(token.size());
  }
  return pointer;
}

Pointer Pointer::operator/(std::string_view key) const& {
  Pointer longer;
  longer.tokens_.reserve(tokens_.size() + 1);
  longer.tokens_ = tokens_;  // keeps the room
  longer.tokens_.emplace_back(key);
  return longer;
}

Pointer Pointer::operator/(std::string_view key) && {
  tokens_.emplace_back(key);
  return std::move(*this);
}

Pointer Pointer::operator/(std::size_t index) const& {
  return *this / std::string_view(std::to_string(index));
}

Pointer Pointer::operator/(std::size_t index) && {
  tokens_.push_back(std::to_string(index));
  return std::move(*this);
}

Pointer Pointer::operator/(const Pointer& tail) const {
  Pointer joined;
  joined.tokens_.reserve(tokens_.size() + tail.tokens_.size());
  joined.tokens_ = tokens_;
  joined.tokens_.insert(joined.tokens_.end(), tail.tokens_.begin(), tail.tokens_.end());
  return joined;
}

Pointer Pointer::parent() const {
  assert(!empty());
  Pointer head;
  head.tokens_.assign(tokens_.begin(), tokens_.end() - 1);
  return head;
}

bool Pointer::starts_with(const Pointer& head) const {
  return head.tokens_.size() <= tokens_.size() && std::equal(head.tokens_.begin(), head.tokens_.end(), tokens_.begin());
}

std::string Pointer::text() const {
  std::string text;
  for (const std::string& token : tokens_) {
    text += '/';
    append_escaped(text, token);
  }
  return text;
}

std::size_t array_index(std::string_view token) {
  if (token.size() > 1 && token.front() == '0') return npos;
  std::size_t index = npos;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  return error == std::errc{} && end == token.data() + token.size() ? index : npos;
}

const Json* value_at(const Json& document, const Pointer& pointer) {
  const Json* value = &document;
  for (const std::string& token : pointer.tokens()) {
    value = child(*value, token);
    if (value == nullptr) return nullptr;
  }
  return value;
}

Json* value_at(Json& document, const Pointer& pointer) {
  return const_cast<Json*>(value_at(std::as_const(document), pointer));
}

}  // namespace dotdiag
