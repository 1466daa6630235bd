// The events of a heap snapshot, taken apart: what the garbage collector says of each type, object, reference and root.
#pragma once

#include "core/diagnostics/nettrace/event.hpp"

#include <cstdint>
#include <string>

namespace dotdiag::diagnostics {

/// Keywords gc, type, heap dump, heap collect and type names; enabling them makes the runtime collect once.
inline constexpr std::uint64_t heap_keywords = 0x1980001;
inline constexpr std::uint32_t heap_level = 5;

struct HeapType {
  std::uint64_t id = 0;
  std::uint64_t module = 0;
  std::uint32_t flags = 0;
  std::string name;  ///< empty where the runtime did not send it again
};

/// In HeapType::flags.
inline constexpr std::uint32_t type_is_array = 8;

struct HeapNode {
  std::uint64_t address = 0;
  std::uint64_t size = 0;  ///< bytes
  std::uint64_t type = 0;
  std::uint64_t edges = 0;  ///< so many of the edges in the stream of edges are this node's
};

enum class RootKind : std::uint8_t { stack = 0, finalizer = 1, handle = 2, older = 3, sized = 4, overflow = 5 };

struct HeapRoot {
  std::uint64_t object = 0;
  RootKind kind = RootKind::stack;
  std::uint32_t flags = 0;
};

/// In HeapRoot::flags.
inline constexpr std::uint32_t root_is_pinned = 1, root_is_weak = 2, root_is_ref_counted = 8;

/// A dependent handle: `value` lives as long as `key` does.
struct HeapDependency {
  std::uint64_t key = 0;
  std::uint64_t value = 0;
};

struct HeapStatic {
  std::uint64_t object = 0;
  std::uint64_t type = 0;  ///< of what it refers to; which type has the field the runtime does not say
  std::uint32_t flags = 0;
  std::string field;
};

/// In HeapStatic::flags.
inline constexpr std::uint32_t static_is_thread_local = 1;

struct HeapCollection {
  std::uint32_t number = 0;
  std::uint32_t generation = 0;
  std::uint32_t reason = 0;
  std::uint32_t kind = 0;
};

struct HeapModule {
  std::uint64_t id = 0;
  std::string path;
};

/// Calls one of these for each thing in an event; events of other kinds are passed over. Throws a malformed Failure
/// where an event's bytes are not what its kind says.
class HeapEvents : public TraceHandler {
 public:
  void on_event(const TraceEvent& event) override;

 protected:
  virtual void on_type(const HeapType&) {}
  virtual void on_node(const HeapNode&) {}
  virtual void on_edge(std::uint64_t) {}  ///< the address of what is referred to
  virtual void on_root(const HeapRoot&) {}
  virtual void on_dependency(const HeapDependency&) {}
  virtual void on_static(const HeapStatic&) {}
  virtual void on_module(const HeapModule&) {}
  virtual void on_collection_start(const HeapCollection&) {}
  virtual void on_collection_end(std::uint32_t) {}  ///< the number
  /// Nodes and edges come in numbered bulks, each counted from 0.
  virtual void on_node_bulk(std::uint32_t) {}
  virtual void on_edge_bulk(std::uint32_t) {}
};

}  // namespace dotdiag::diagnostics
