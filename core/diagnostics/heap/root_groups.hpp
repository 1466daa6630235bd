// What keeps objects alive, in the groups that PerfView and Visual Studio show.
#pragma once

#include "core/diagnostics/heap/heap_graph.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag::diagnostics {

/// A node that is no object: a group of roots, or one static field.
struct RootGroup {
  std::string name;
  std::vector<RootGroup> groups;
  std::vector<std::uint32_t> objects;  ///< node indexes
};

/// The index of the object at an address; nothing where the snapshot has none there.
using IndexOf = std::function<std::optional<std::uint32_t>(std::uint64_t)>;

/// The root of all, `[.NET Roots]`. Groups without an object are left out. `type_name` names a type by its id.
RootGroup root_groups(const HeapGraph& graph, const IndexOf& index_of,
                      const std::function<std::string(std::uint64_t)>& type_name);

}  // namespace dotdiag::diagnostics
