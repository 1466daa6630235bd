#include "core/diagnostics/heap/gcdump_nodes.hpp"

#include "core/diagnostics/failure.hpp"

#include <limits>

namespace dotdiag::diagnostics {
namespace {

/// Offsets and sizes in the file are signed 32-bit numbers.
constexpr std::size_t largest_blob = std::numeric_limits<std::int32_t>::max();

std::int32_t clamped(std::uint64_t size) {
  constexpr auto most = std::numeric_limits<std::int32_t>::max();
  return size > static_cast<std::uint64_t>(most) ? most : static_cast<std::int32_t>(size);
}

}  // namespace

void append_compressed(std::string& blob, std::int32_t value) {
  int groups = 1;
  while (groups < 5 && (value < -(std::int64_t{1} << (7 * groups - 1)) || value >= std::int64_t{1} << (7 * groups - 1)))
    ++groups;
  for (int group = groups - 1; group >= 0; --group) {
    const int bits = static_cast<int>(std::int64_t{value} >> (7 * group)) & 0x7F;
    blob.push_back(static_cast<char>(bits | (group > 0 ? 0x80 : 0)));
  }
}

std::uint32_t GcdumpNodes::type(const std::string& name, const std::string& module) {
  const auto [entry, is_new] = indexes_.try_emplace({name, module}, static_cast<std::uint32_t>(types_.size()));
  if (is_new) types_.push_back({name, module, -1});
  return entry->second;
}

void GcdumpNodes::add(std::uint32_t type, std::uint64_t size, std::uint64_t address,
                      const std::vector<std::uint32_t>& children) {
  if (blob_.size() > largest_blob - 16 - 5 * children.size())
    throw Failure(FailureKind::unsuitable, "the heap has too many objects for a .gcdump file: write a trace instead");
  const std::int32_t bytes = clamped(size);
  std::int32_t& usual = types_[type].size;
  if (usual < 0) usual = bytes;
  const auto index = static_cast<std::int64_t>(offsets_.size());
  offsets_.push_back(static_cast<std::uint32_t>(blob_.size()));
  addresses_.push_back(address);
  append_compressed(blob_, static_cast<std::int32_t>(type * 2 + (usual != bytes ? 1 : 0)));
  if (usual != bytes) append_compressed(blob_, bytes);
  append_compressed(blob_, static_cast<std::int32_t>(children.size()));
  for (const std::uint32_t child : children)
    append_compressed(blob_, static_cast<std::int32_t>(child - index));
  total_size_ += size;
}

}  // namespace dotdiag::diagnostics
