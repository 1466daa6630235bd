#include "core/diagnostics/nettrace/event_type.hpp"

#include "core/diagnostics/bytes.hpp"

namespace dotdiag::diagnostics {
namespace {

/// Deeper than any event seen, and shallow enough for a stack.
constexpr int deepest_object = 8;

/// A field takes more memory here than bytes there.
constexpr std::size_t largest_definition = 1u << 20;

std::vector<EventField> parse_fields(ByteReader& reader, int depth) {
  const std::uint32_t count = reader.u32();
  // A field has at least a type and the end of its name.
  if (count > reader.left() / 6) reader.fail(std::to_string(count) + " fields have no room in their definition");
  if (depth > deepest_object) reader.fail("an event's objects are nested too deeply");
  std::vector<EventField> fields(count);
  for (EventField& field : fields) {
    field.type = static_cast<FieldType>(reader.u32());
    if (field.type == FieldType::object) field.members = parse_fields(reader, depth + 1);
    field.name = reader.zero_terminated();
  }
  return fields;
}

}  // namespace

std::pair<std::uint32_t, EventType> parse_event_type(std::string_view payload, std::uint64_t offset) {
  ByteReader reader(payload, offset);
  if (payload.size() > largest_definition) reader.fail("the definition of an event is too large");
  const std::uint32_t number = reader.u32();
  EventType type;
  type.provider = reader.zero_terminated();
  type.id = reader.u32();
  type.name = reader.zero_terminated();
  type.keywords = reader.u64();
  type.version = reader.u32();
  type.level = reader.u32();
  type.fields = parse_fields(reader, 1);
  return {number, std::move(type)};
}

}  // namespace dotdiag::diagnostics
