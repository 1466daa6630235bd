#include "core/diagnostics/nettrace/stack_table.hpp"

#include "core/diagnostics/bytes.hpp"

#include <algorithm>

namespace dotdiag::diagnostics {

void StackTable::add(std::string_view bytes, std::uint64_t offset, std::uint32_t pointer_size) {
  ByteReader reader(bytes, offset);
  Block block;
  block.first = reader.u32();
  const std::uint32_t count = reader.u32();
  if (count > reader.left() / 4) reader.fail(std::to_string(count) + " stacks have no room in their block");
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t size = reader.u32();
    ByteReader stack(reader.take(size), reader.offset() - size);
    while (stack.left() >= pointer_size)
      block.addresses.push_back(pointer_size == 4 ? stack.u32() : stack.u64());
    block.ends.push_back(block.addresses.size());
  }
  blocks_.push_back(std::move(block));
}

void StackTable::clear() {
  blocks_.clear();
}

std::optional<std::span<const std::uint64_t>> StackTable::find(std::uint32_t number) const {
  // The newest first: that is where the events behind it refer to.
  for (auto block = blocks_.rbegin(); block != blocks_.rend(); ++block) {
    if (number < block->first || number - block->first >= block->ends.size()) continue;
    const std::size_t index = number - block->first;
    const std::size_t begin = index == 0 ? 0 : block->ends[index - 1];
    return std::span(block->addresses).subspan(begin, block->ends[index] - begin);
  }
  return std::nullopt;
}

}  // namespace dotdiag::diagnostics
