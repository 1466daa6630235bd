#include "core/diagnostics/heap/heap_graph.hpp"

#include <unordered_set>

namespace dotdiag::diagnostics {

const std::string* HeapGraph::module_path(std::uint64_t id) const {
  const auto found = modules_.find(id);
  return found == modules_.end() ? nullptr : &found->second;
}

std::vector<std::string> HeapGraph::gaps(std::uint64_t lost_events) const {
  std::unordered_set<std::uint64_t> unnamed;
  for (const HeapNode& node : nodes_) {
    const auto type = types_.find(node.type);
    if (type == types_.end() || type->second.name.empty()) unnamed.insert(node.type);
  }
  return completeness_.gaps(lost_events, unnamed.size());
}

void HeapGraph::on_type(const HeapType& type) {
  HeapType& known = types_[type.id];
  if (known.name.empty()) known = type;
}

void HeapGraph::on_node(const HeapNode& node) {
  nodes_.push_back(node);
  completeness_.see_node(node.edges);
}

void HeapGraph::on_edge(std::uint64_t target) {
  edges_.push_back(target);
  completeness_.see_edge();
}

void HeapGraph::on_collection_start(const HeapCollection& collection) {
  completeness_.see_collection_start(collection.number, collection.generation, collection.reason, collection.kind);
}

}  // namespace dotdiag::diagnostics
