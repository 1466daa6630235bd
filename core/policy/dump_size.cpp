#include "core/policy/dump_size.hpp"

#include <cstdint>
#include <limits>

namespace dotdiag {
namespace {

constexpr std::int64_t mebi = std::int64_t{1} << 20;

/// The stacks of a dozen threads and the runtime's own: seen were 68 to 79 MiB beside the managed memory.
constexpr std::int64_t beside_heap = 80 * mebi;
/// The modules too: seen were 91 to 120 MiB.
constexpr std::int64_t beside_full = 128 * mebi;

}  // namespace

Quantity scaled_and_more(const Quantity& memory, double factor, const Quantity& more) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(memory.scaled(factor).value(), more.value(), &sum))
    sum = std::numeric_limits<std::int64_t>::max();
  return Quantity::bytes(sum).scaled(1);
}

Quantity heap_dump_size(const Quantity& memory_limit) {
  return scaled_and_more(memory_limit, 1, Quantity::bytes(beside_heap));
}

Quantity full_dump_size(const Quantity& memory_limit) {
  return scaled_and_more(memory_limit, 1.25, Quantity::bytes(beside_full));
}

Quantity memory_for_createdump() {
  return Quantity::bytes(20 * mebi).scaled(1);
}

Quantity recommended_room(const Quantity& memory_limit) {
  return scaled_and_more(memory_limit, 1.5, Quantity::bytes(256 * mebi));
}

}  // namespace dotdiag
