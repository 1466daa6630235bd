// Finds keys that occur twice in one object, which JSON and YAML texts may hold and a document may not.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dotdiag {

/// A key that occurs again: the indexes of both, `again` being the next one after `first`.
struct DuplicateKey {
  std::size_t first = 0;
  std::size_t again = 0;
};

/// The duplicates among `keys`, in the order of `again`. Linear in the number of keys; nothing is allocated for the few
/// keys that objects usually have.
std::vector<DuplicateKey> duplicate_keys(const std::vector<std::string_view>& keys);

}  // namespace dotdiag
