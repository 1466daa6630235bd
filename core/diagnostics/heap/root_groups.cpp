#include "core/diagnostics/heap/root_groups.hpp"

#include <algorithm>
#include <string_view>

namespace dotdiag::diagnostics {
namespace {

/// Where a root that is no static field belongs. `[local vars]` stands beside the others, which are below
/// `[other roots]`.
std::string_view group_name(const HeapRoot& root) {
  switch (root.kind) {
    case RootKind::stack:
      return "[local vars]";
    case RootKind::finalizer:
      return "[finalizer Handles]";
    case RootKind::handle:
      if (root.flags & root_is_ref_counted) return "[COM/WinRT Objects]";
      return root.flags & root_is_pinned ? "[pinning Handles]" : "[strong Handles]";
    default:
      return "[other Handles]";
  }
}

RootGroup& group(std::vector<RootGroup>& groups, std::string_view name) {
  const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& each) { return each.name == name; });
  if (found != groups.end()) return *found;
  return groups.emplace_back(RootGroup{std::string(name), {}, {}});
}

void add_if_there(RootGroup& to, const IndexOf& index_of, std::uint64_t address) {
  if (const auto index = index_of(address)) to.objects.push_back(*index);
}

bool is_empty(const RootGroup& group) {
  return group.groups.empty() && group.objects.empty();
}

void add_static(RootGroup& to, const IndexOf& index_of, const HeapStatic& field, const std::string& type) {
  const auto index = index_of(field.object);
  if (index) to.groups.push_back({"[static var " + type + "." + field.field + "]", {}, {*index}});
}

}  // namespace

RootGroup root_groups(const HeapGraph& graph, const IndexOf& index_of,
                      const std::function<std::string(std::uint64_t)>& type_name) {
  RootGroup locals{"[local vars]", {}, {}}, statics{"[static vars]", {}, {}},
      thread_statics{"[thread static vars]", {}, {}}, others{"[other roots]", {}, {}};
  for (const HeapRoot& root : graph.roots()) {
    if (root.flags & root_is_weak) continue;  // keeps nothing alive
    RootGroup& to = root.kind == RootKind::stack ? locals : group(others.groups, group_name(root));
    add_if_there(to, index_of, root.object);
  }
  for (const HeapDependency& dependency : graph.dependencies())
    add_if_there(group(others.groups, "[Dependent Handles]"), index_of, dependency.value);
  for (const HeapStatic& field : graph.statics())
    add_static(field.flags & static_is_thread_local ? thread_statics : statics, index_of, field, type_name(field.type));
  std::erase_if(others.groups, is_empty);
  RootGroup root{"[.NET Roots]", {}, {}};
  for (RootGroup* each : {&locals, &statics, &thread_statics, &others})
    if (!is_empty(*each)) root.groups.push_back(std::move(*each));
  return root;
}

}  // namespace dotdiag::diagnostics
