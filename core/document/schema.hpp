// Checks a document against a JSON Schema, and points at what breaks it. The only place that sees valijson.
#pragma once

#include "core/document/document.hpp"

#include <memory>
#include <string_view>

namespace dotdiag {

class Schema {
 public:
  /// `text` is a JSON Schema (draft 7). Throws InputError where it is not.
  explicit Schema(std::string_view text);
  ~Schema();
  Schema(Schema&&) noexcept;

  /// Throws InputError at the first place where `document` breaks the schema, saying which rule and what is allowed.
  /// `document` must have been read without error.
  void check(const Document& document) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dotdiag
