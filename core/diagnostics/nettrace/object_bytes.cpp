#include "core/diagnostics/nettrace/object_bytes.hpp"

#include "core/diagnostics/bytes.hpp"

namespace dotdiag::diagnostics {
namespace {

/// Tags of FastSerialization.
constexpr std::uint8_t tag_null = 1, tag_begin = 5, tag_end = 6;

/// Versions, size and the begin of the name stand in the first bytes of an object.
constexpr std::size_t object_head = 3 + 4 + 4 + 4;
constexpr std::uint32_t longest_name = 64;
/// The Trace object has no size of its own; this is version 4's.
constexpr std::size_t trace_size = 16 + 8 + 8 + 4 * 4;

void expect(ByteReader& reader, std::uint8_t tag, const char* what) {
  if (reader.u8() != tag) reader.fail(std::string(what) + " is not where it should be");
}

ObjectBytes wait_for(std::size_t bytes) {
  ObjectBytes object;
  object.needed = bytes;
  return object;
}

}  // namespace

ObjectBytes next_object(std::string_view bytes, std::uint64_t base) {
  if (bytes.size() < object_head) return wait_for(object_head);
  ByteReader reader(bytes, base);
  expect(reader, tag_begin, "the begin of an object");
  expect(reader, tag_begin, "the begin of an object's type");
  expect(reader, tag_null, "the type of an object's type");
  reader.u32();  // version
  reader.u32();  // the oldest reader that understands it
  const std::uint32_t name_size = reader.u32();
  if (name_size > longest_name) reader.fail("the name of an object's type is too long");
  if (reader.left() < name_size + 1 + 4) return wait_for(object_head + name_size + 1 + 4);
  ObjectBytes object;
  object.name = reader.take(name_size);
  expect(reader, tag_end, "the end of an object's type");
  std::uint64_t size = trace_size, padding = 0;
  if (object.name != "Trace") {
    size = reader.u32();
    if (size > largest_block) reader.fail("a block of " + std::to_string(size) + " bytes is too large");
    padding = (4 - reader.offset() % 4) % 4;
  }
  if (reader.left() < padding + size + 1)
    return wait_for(static_cast<std::size_t>(bytes.size() - reader.left() + padding + size + 1));
  reader.take(padding);
  object.offset = reader.offset();
  object.content = reader.take(size);
  expect(reader, tag_end, "the end of an object");
  object.size = bytes.size() - reader.left();
  return object;
}

}  // namespace dotdiag::diagnostics
