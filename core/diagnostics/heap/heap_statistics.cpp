#include "core/diagnostics/heap/heap_statistics.hpp"

#include "core/diagnostics/heap/type_name.hpp"

#include <algorithm>
#include <tuple>

namespace dotdiag::diagnostics {

void HeapStatistics::on_type(const HeapType& type) {
  if (!type.name.empty()) types_[type.id].name = type.name;
}

void HeapStatistics::on_node(const HeapNode& node) {
  Counted& counted = types_[node.type];
  ++counted.objects;
  counted.bytes += node.size;
  ++objects_;
  bytes_ += node.size;
  completeness_.see_node(node.edges);
  keep_if_large(node);
}

void HeapStatistics::keep_if_large(const HeapNode& node) {
  const auto larger = [](const HeapNode& left, const HeapNode& right) { return left.size > right.size; };
  if (large_.size() == most_large_) {
    if (large_.empty() || node.size <= large_.front().size) return;
    std::pop_heap(large_.begin(), large_.end(), larger);
    large_.pop_back();
  }
  large_.push_back(node);
  std::push_heap(large_.begin(), large_.end(), larger);
}

void HeapStatistics::on_edge(std::uint64_t) {
  ++edges_;
  completeness_.see_edge();
}

void HeapStatistics::on_root(const HeapRoot& root) {
  const auto kind = static_cast<std::size_t>(root.kind);
  if (kind < roots_.size()) ++roots_[kind];
}

void HeapStatistics::on_collection_start(const HeapCollection& collection) {
  completeness_.see_collection_start(collection.number, collection.generation, collection.reason, collection.kind);
}

void HeapStatistics::on_collection_end(std::uint32_t number) {
  completeness_.see_collection_end(number);
}

void HeapStatistics::on_node_bulk(std::uint32_t index) {
  completeness_.see_node_bulk(index);
}

void HeapStatistics::on_edge_bulk(std::uint32_t index) {
  completeness_.see_edge_bulk(index);
}

std::string HeapStatistics::name_of(std::uint64_t type) const {
  const auto found = types_.find(type);
  return found == types_.end() || found->second.name.empty() ? unnamed_type(type) : found->second.name;
}

HeapTotals HeapStatistics::totals(std::uint64_t lost_events) const {
  HeapTotals totals;
  std::unordered_map<std::string, TypeTotal> by_name;
  std::uint64_t unnamed = 0;
  for (const auto& [id, counted] : types_) {
    if (counted.objects == 0) continue;
    if (counted.name.empty()) ++unnamed;
    TypeTotal& total = by_name[name_of(id)];
    total.objects += counted.objects;
    total.bytes += counted.bytes;
  }
  for (auto& [name, total] : by_name)
    totals.types.push_back({name, total.objects, total.bytes});
  std::sort(totals.types.begin(), totals.types.end(), [](const TypeTotal& left, const TypeTotal& right) {
    return std::tie(right.bytes, right.objects, left.name) < std::tie(left.bytes, left.objects, right.name);
  });
  for (const HeapNode& node : large_)
    totals.largest.push_back({name_of(node.type), node.address, node.size});
  std::sort(totals.largest.begin(), totals.largest.end(), [](const LargeObject& left, const LargeObject& right) {
    return std::tie(right.bytes, left.address) < std::tie(left.bytes, right.address);
  });
  totals.objects = objects_;
  totals.bytes = bytes_;
  totals.edges = edges_;
  totals.roots = roots_;
  totals.gaps = completeness_.gaps(lost_events, unnamed);
  return totals;
}

}  // namespace dotdiag::diagnostics
