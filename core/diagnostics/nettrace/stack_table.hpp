// The stacks that events refer to by number. A sequence point ends the validity of all numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace dotdiag::diagnostics {

class StackTable {
 public:
  /// Adds the stacks of a StackBlock whose content stands at `offset`. Throws a malformed Failure.
  void add(std::string_view bytes, std::uint64_t offset, std::uint32_t pointer_size);
  void clear();

  /// Innermost address first; nothing where there is none by that number.
  std::optional<std::span<const std::uint64_t>> find(std::uint32_t number) const;

 private:
  /// Numbers follow one another in a block, so that a block is an array of ends into the addresses.
  struct Block {
    std::uint32_t first = 0;
    std::vector<std::size_t> ends;
    std::vector<std::uint64_t> addresses;
  };
  std::vector<Block> blocks_;
};

}  // namespace dotdiag::diagnostics
