// JSON as the program writes it: flat objects, lists of them, and nothing to parse.
#pragma once

#include "core/diagnostics/json_text.hpp"

#include <cmath>
#include <concepts>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::collect {

class JsonObject {
 public:
  JsonObject& text(std::string_view name, std::string_view value) { return raw(name, diagnostics::json_text(value)); }
  JsonObject& number(std::string_view name, std::integral auto value) { return raw(name, std::to_string(value)); }
  JsonObject& number(std::string_view name, double value) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.15g", value);
    return raw(name, std::isfinite(value) ? digits : "null");
  }
  /// `value` is JSON already.
  JsonObject& raw(std::string_view name, std::string_view value) {
    members_ += (members_.empty() ? "" : ",") + diagnostics::json_text(name) + ":" + std::string(value);
    return *this;
  }
  std::string str() const { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

/// `items` are JSON already.
inline std::string json_list(const std::vector<std::string>& items) {
  std::string list;
  for (const std::string& item : items)
    list += (list.empty() ? "" : ",") + item;
  return "[" + list + "]";
}

inline std::string json_texts(const std::vector<std::string>& texts) {
  std::vector<std::string> items;
  for (const std::string& text : texts)
    items.push_back(diagnostics::json_text(text));
  return json_list(items);
}

}  // namespace dotdiag::collect
