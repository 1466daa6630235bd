#include "core/diagnostics/counters/field_values.hpp"

#include "core/diagnostics/bytes.hpp"

namespace dotdiag::diagnostics {
namespace {

FieldValue read_value(ByteReader& reader, FieldType type) {
  switch (type) {
    case FieldType::boolean:
      return std::uint64_t{reader.u32()};
    case FieldType::int8:
      return std::int64_t{static_cast<std::int8_t>(reader.u8())};
    case FieldType::uint8:
      return std::uint64_t{reader.u8()};
    case FieldType::int16:
      return std::int64_t{static_cast<std::int16_t>(reader.u16())};
    case FieldType::uint16:
      return std::uint64_t{reader.u16()};
    case FieldType::int32:
      return std::int64_t{static_cast<std::int32_t>(reader.u32())};
    case FieldType::uint32:
      return std::uint64_t{reader.u32()};
    case FieldType::int64:
      return static_cast<std::int64_t>(reader.u64());
    case FieldType::uint64:
    case FieldType::date_time:
      return reader.u64();
    case FieldType::float32:
      return double{reader.f32()};
    case FieldType::float64:
      return reader.f64();
    case FieldType::guid:
      return std::string(reader.take(16));
    case FieldType::text:
      return reader.zero_terminated();
    default:
      reader.fail("a field has type " + std::to_string(static_cast<unsigned>(type)) + ", which is not known");
  }
}

/// Calls `use` with each field that is no object, in the order of the payload.
template <typename Use>
void for_each_value(const std::vector<EventField>& fields, const Use& use) {
  for (const EventField& field : fields) {
    if (field.type == FieldType::object)
      for_each_value(field.members, use);
    else
      use(field);
  }
}

}  // namespace

FieldValues::FieldValues(const std::vector<EventField>& fields, std::string_view payload) {
  ByteReader reader(payload);
  for_each_value(fields, [&](const EventField& field) {
    values_.push_back({field.name, read_value(reader, field.type)});
  });
}

const FieldValue* FieldValues::find(std::string_view name) const {
  for (const Named& value : values_)
    if (value.name == name) return &value.value;
  return nullptr;
}

std::string FieldValues::text(std::string_view name) const {
  const FieldValue* value = find(name);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
  return text == nullptr ? std::string() : *text;
}

double FieldValues::number(std::string_view name) const {
  const FieldValue* value = find(name);
  if (value == nullptr) return 0;
  if (const auto* number = std::get_if<double>(value)) return *number;
  if (const auto* number = std::get_if<std::int64_t>(value)) return static_cast<double>(*number);
  if (const auto* number = std::get_if<std::uint64_t>(value)) return static_cast<double>(*number);
  return 0;
}

}  // namespace dotdiag::diagnostics
