#include "core/diagnostics/heap/heap_events.hpp"

#include "core/diagnostics/bytes.hpp"

namespace dotdiag::diagnostics {
namespace {

/// Ids of the events, in dotnet/runtime's ClrEtwAll.man.
enum : std::uint32_t {
  gc_start = 1,
  gc_end = 2,
  bulk_type = 15,
  bulk_root_edge = 16,
  bulk_dependency = 17,
  bulk_node = 18,
  bulk_edge = 19,
  bulk_static = 38,
  module_load = 152,
  module_rundown = 154,
};

/// The head of most bulks: the index of the bulk, and how many things it has.
struct Bulk {
  std::uint32_t index;
  std::uint32_t count;
};

Bulk read_bulk(ByteReader& reader) {
  const Bulk bulk{reader.u32(), reader.u32()};
  reader.u16();  // the instance of the runtime
  return bulk;
}

HeapType read_type(ByteReader& reader) {
  HeapType type;
  type.id = reader.u64();
  type.module = reader.u64();
  reader.u32();  // the name's id in its module
  type.flags = reader.u32();
  reader.u8();  // the element's kind
  type.name = reader.zero_terminated();
  const std::uint32_t parameters = reader.u32();
  reader.take(std::uint64_t{parameters} * 8);
  return type;
}

HeapNode read_node(ByteReader& reader) {
  return {reader.u64(), reader.u64(), reader.u64(), reader.u64()};
}

HeapRoot read_root(ByteReader& reader) {
  const HeapRoot root{reader.u64(), static_cast<RootKind>(reader.u8()), reader.u32()};
  reader.u64();  // the root's own id
  return root;
}

HeapDependency read_dependency(ByteReader& reader) {
  const HeapDependency dependency{reader.u64(), reader.u64()};
  reader.u64();  // the root's own id
  return dependency;
}

HeapStatic read_static(ByteReader& reader) {
  reader.u64();  // the root's own id
  return {reader.u64(), reader.u64(), reader.u32(), reader.zero_terminated()};
}

HeapCollection read_collection(ByteReader& reader) {
  return {reader.u32(), reader.u32(), reader.u32(), reader.u32()};
}

HeapModule read_module(ByteReader& reader) {
  HeapModule loaded;
  loaded.id = reader.u64();
  reader.take(8 + 4 + 4);  // the assembly, flags, and nothing
  loaded.path = reader.zero_terminated();
  return loaded;
}

}  // namespace

void HeapEvents::on_event(const TraceEvent& event) {
  const bool is_rundown = event.type.provider == rundown_provider;
  if (!is_rundown && event.type.provider != runtime_provider) return;
  ByteReader reader(event.payload);
  const auto each = [&](std::uint32_t count, auto use) {
    for (; count > 0; --count)
      use();
  };
  if (is_rundown) {
    if (event.type.id == module_rundown) on_module(read_module(reader));
    return;
  }
  switch (event.type.id) {
    case gc_start:
      return on_collection_start(read_collection(reader));
    case gc_end:
      return on_collection_end(reader.u32());
    case module_load:
      return on_module(read_module(reader));
    case bulk_type: {
      const std::uint32_t count = reader.u32();
      reader.u16();
      return each(count, [&] { on_type(read_type(reader)); });
    }
    case bulk_root_edge:
      return each(read_bulk(reader).count, [&] { on_root(read_root(reader)); });
    case bulk_dependency:
      return each(read_bulk(reader).count, [&] { on_dependency(read_dependency(reader)); });
    case bulk_node: {
      const Bulk bulk = read_bulk(reader);
      on_node_bulk(bulk.index);
      return each(bulk.count, [&] { on_node(read_node(reader)); });
    }
    case bulk_edge: {
      const Bulk bulk = read_bulk(reader);
      on_edge_bulk(bulk.index);
      return each(bulk.count, [&] {
        on_edge(reader.u64());
        reader.u32();  // the field
      });
    }
    case bulk_static: {
      const std::uint32_t count = reader.u32();
      reader.take(8 + 2);  // the application domain, the instance of the runtime
      return each(count, [&] { on_static(read_static(reader)); });
    }
    default:
      return;
  }
}

}  // namespace dotdiag::diagnostics
