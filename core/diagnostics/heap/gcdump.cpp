#include "core/diagnostics/heap/gcdump.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/heap/fast_serialization.hpp"
#include "core/diagnostics/heap/gcdump_nodes.hpp"
#include "core/diagnostics/heap/root_groups.hpp"
#include "core/diagnostics/heap/type_name.hpp"

#include <algorithm>
#include <ostream>
#include <unordered_map>

namespace dotdiag::diagnostics {
namespace {

/// From addresses to node indexes: 16 bytes an object, where a hash table takes twice as much.
class Indexes {
 public:
  Indexes(const std::vector<HeapNode>& nodes, std::uint32_t first) {
    sorted_.reserve(nodes.size());
    for (const HeapNode& node : nodes)
      sorted_.emplace_back(node.address, first++);
    std::sort(sorted_.begin(), sorted_.end());
  }

  std::optional<std::uint32_t> find(std::uint64_t address) const {
    const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), std::pair(address, 0u));
    if (at == sorted_.end() || at->first != address) return std::nullopt;
    return at->second;
  }

 private:
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted_;
};

std::string hexadecimal(std::uint64_t value) {
  return unnamed_type(value).substr(1);
}

/// Stands for a reference to an address where the snapshot has no object.
constexpr std::uint32_t no_object = 0xFFFFFFFF;

/// The references as indexes of objects, counted from the first object.
std::vector<std::uint32_t> resolve_edges(const HeapGraph& graph, const Indexes& indexes) {
  std::vector<std::uint32_t> targets;
  targets.reserve(graph.edges().size());
  for (const std::uint64_t address : graph.edges())
    targets.push_back(indexes.find(address).value_or(no_object));
  return targets;
}

/// Brings the graph into the nodes of the file: groups of roots first, then the objects in the order they came.
class Conversion {
 public:
  explicit Conversion(const HeapGraph& graph) : graph_(graph) {}

  GcdumpNodes run() {
    // How many groups there are is known only when the roots have found their objects, whose indexes come after them:
    // the objects are numbered from 0 first, and moved behind the groups then.
    const Indexes indexes(graph_.nodes(), 0);
    const IndexOf index_of = [&](std::uint64_t address) { return indexes.find(address); };
    targets_ = resolve_edges(graph_, indexes);
    RootGroup root = root_groups(graph_, index_of, [this](std::uint64_t type) { return type_name(type); });
    if (RootGroup frozen = frozen_objects(root); !frozen.objects.empty()) root.groups.push_back(std::move(frozen));
    first_object_ = count(root);
    next_group_ = 1;
    add_groups(root);
    add_objects();
    return std::move(nodes_);
  }

 private:
  /// Objects that nothing refers to although the runtime has just collected: since .NET 8 texts of the program and
  /// objects of types live outside the collected heap, and have no roots. A viewer shows only what it reaches.
  RootGroup frozen_objects(const RootGroup& root) const {
    std::vector<bool> is_referred(graph_.nodes().size());
    for (const std::uint32_t target : targets_)
      if (target != no_object) is_referred[target] = true;
    mark(root, is_referred);
    RootGroup frozen{"[frozen Objects]", {}, {}};
    for (std::uint32_t object = 0; object < is_referred.size(); ++object)
      if (!is_referred[object]) frozen.objects.push_back(object);
    return frozen;
  }

  static void mark(const RootGroup& group, std::vector<bool>& is_referred) {
    for (const std::uint32_t object : group.objects)
      is_referred[object] = true;
    for (const RootGroup& each : group.groups)
      mark(each, is_referred);
  }

  static std::uint32_t count(const RootGroup& group) {
    std::uint32_t total = 1;
    for (const RootGroup& each : group.groups)
      total += count(each);
    return total;
  }

  /// Breadth first, so that the children of a group have indexes in a row.
  void add_groups(const RootGroup& root) {
    std::vector<const RootGroup*> waiting = {&root};
    for (std::size_t at = 0; at < waiting.size(); ++at) {
      const RootGroup& group = *waiting[at];
      std::vector<std::uint32_t> children;
      for (const RootGroup& each : group.groups) {
        children.push_back(next_group_++);
        waiting.push_back(&each);
      }
      for (const std::uint32_t object : group.objects)
        children.push_back(first_object_ + object);
      nodes_.add(nodes_.type(group.name), 0, 0, children);
    }
  }

  void add_objects() {
    std::size_t edge = 0;
    std::vector<std::uint32_t> children;
    for (const HeapNode& node : graph_.nodes()) {
      children.clear();
      for (std::uint64_t i = 0; i < node.edges && edge < targets_.size(); ++i, ++edge)
        if (targets_[edge] != no_object) children.push_back(first_object_ + targets_[edge]);
      nodes_.add(type_index(node), node.size, node.address, children);
    }
  }

  std::uint32_t type_index(const HeapNode& node) {
    const std::string size = size_class(node.size);
    if (!size.empty()) return nodes_.type(type_name(node.type) + size, module_name(node.type));
    const auto [entry, is_new] = usual_types_.try_emplace(node.type, 0);
    if (is_new) entry->second = nodes_.type(type_name(node.type), module_name(node.type));
    return entry->second;
  }

  std::string type_name(std::uint64_t id) const {
    const auto type = graph_.types().find(id);
    const bool is_named = type != graph_.types().end() && !type->second.name.empty();
    return is_named ? shown_type_name(type->second.name) : unnamed_type(id);
  }

  std::string module_name(std::uint64_t id) const {
    const auto type = graph_.types().find(id);
    if (type == graph_.types().end()) return {};
    const std::string* path = graph_.module_path(type->second.module);
    return path != nullptr ? *path : "Module(" + hexadecimal(type->second.module) + ")";
  }

  const HeapGraph& graph_;
  GcdumpNodes nodes_;
  std::vector<std::uint32_t> targets_;
  std::uint32_t first_object_ = 0;
  std::uint32_t next_group_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> usual_types_;
};

void write_graph(SerializationWriter& writer, const GcdumpNodes& nodes) {
  writer.begin("Graphs.MemoryGraph", 1, 0).u64(nodes.total_size()).u32(0);
  writer.count(nodes.types().size());
  for (const GcdumpNodes::Type& type : nodes.types()) {
    writer.text(type.name).u32(static_cast<std::uint32_t>(type.size));
    if (type.module.empty())
      writer.null_text();
    else
      writer.text(type.module);
  }
  writer.count(nodes.offsets().size());
  for (const std::uint32_t offset : nodes.offsets())
    writer.u32(offset);
  writer.count(nodes.blob().size()).raw(nodes.blob());
  writer.count(nodes.addresses().size());
  for (const std::uint64_t address : nodes.addresses())
    writer.u64(address);
  writer.u8(tag_byte).u8(1).u8(tag_end);  // the graph's addresses have 64 bits
}

/// 100 ns since the year 1, as .NET counts.
std::uint64_t dotnet_ticks(std::uint64_t unix_nanoseconds) {
  return 621'355'968'000'000'000 + unix_nanoseconds / 100;
}

}  // namespace

void write_gcdump(const HeapGraph& graph, const GcdumpOrigin& origin, std::ostream& out) {
  SerializationWriter writer(out);
  writer.ascii("!FastSerialization.1").begin("GCHeapDump", 10, 8);
  write_graph(writer, Conversion(graph).run());
  writer.u8(1);                                                              // 64 bits
  writer.raw(ByteWriter().f32(1).f32(1).bytes()).u8(tag_null).u8(tag_null);  // whole; no script heap, no heap info
  writer.null_text().u64(dotnet_ticks(graph.header().unix_nanoseconds));
  writer.text(origin.machine).text(origin.process).u32(graph.header().pid).u64(0).u64(0).u32(0);
  writer.u8(tag_skip).u32(0).u8(tag_null);
  const std::uint64_t forward = writer.written();
  writer.u8(tag_string).text("dotdiag").u8(tag_end).u8(tag_end);
  const std::uint64_t table = writer.written();
  writer.u32(1).u32(static_cast<std::uint32_t>(forward));
  const std::uint64_t trailer = writer.written();
  writer.u32(static_cast<std::uint32_t>(table)).u32(static_cast<std::uint32_t>(trailer));
}

}  // namespace dotdiag::diagnostics
