// An event's payload, decoded by its type's list of fields.
#pragma once

#include "core/diagnostics/nettrace/event.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dotdiag::diagnostics {

using FieldValue = std::variant<std::monostate, std::int64_t, std::uint64_t, double, std::string>;

/// The values of an event, objects flattened: a field in an object in an object has its own name alone.
class FieldValues {
 public:
  /// Throws a malformed Failure where the payload is not what the fields say, or a field has a type that is not known.
  FieldValues(const std::vector<EventField>& fields, std::string_view payload);

  /// Empty where there is no such text.
  std::string text(std::string_view name) const;
  /// 0 where there is no such number.
  double number(std::string_view name) const;
  bool has(std::string_view name) const { return find(name) != nullptr; }

 private:
  struct Named {
    std::string name;
    FieldValue value;
  };
  const FieldValue* find(std::string_view name) const;

  std::vector<Named> values_;
};

}  // namespace dotdiag::diagnostics
