#include "core/document/duplicate_keys.hpp"

#include <algorithm>
#include <unordered_map>

namespace dotdiag {

namespace {

/// Up to here comparing every pair is faster than hashing every key: most pairs differ in length already.
constexpr std::size_t few = 16;

bool all_differ(const std::vector<std::string_view>& keys) {
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const auto end = keys.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(keys.begin(), end, keys[i]) != end) return false;
  }
  return true;
}

}  // namespace

std::vector<DuplicateKey> duplicate_keys(const std::vector<std::string_view>& keys) {
  std::vector<DuplicateKey> duplicates;
  if (keys.size() <= few && all_differ(keys)) return duplicates;
  std::unordered_map<std::string_view, std::size_t> latest;
  latest.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto [known, is_new] = latest.try_emplace(keys[i], i);
    if (is_new) continue;
    duplicates.push_back({known->second, i});
    known->second = i;
  }
  return duplicates;
}

}  // namespace dotdiag
