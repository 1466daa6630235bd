// A heap snapshot as a graph, kept in memory: about 50 bytes for each object and 8 for each reference.
#pragma once

#include "core/diagnostics/heap/completeness.hpp"
#include "core/diagnostics/heap/heap_events.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace dotdiag::diagnostics {

class HeapGraph : public HeapEvents {
 public:
  void on_header(const TraceHeader& header) override { header_ = header; }

  bool has_ended() const { return completeness_.has_ended(); }

  const TraceHeader& header() const { return header_; }
  const std::vector<HeapNode>& nodes() const { return nodes_; }
  /// Addresses; the first node's come first, and so on.
  const std::vector<std::uint64_t>& edges() const { return edges_; }
  const std::vector<HeapRoot>& roots() const { return roots_; }
  const std::vector<HeapDependency>& dependencies() const { return dependencies_; }
  const std::vector<HeapStatic>& statics() const { return statics_; }
  const std::unordered_map<std::uint64_t, HeapType>& types() const { return types_; }
  /// The path of a module; nullptr where it is not known.
  const std::string* module_path(std::uint64_t id) const;

  /// See Completeness::gaps.
  std::vector<std::string> gaps(std::uint64_t lost_events) const;

 protected:
  void on_type(const HeapType& type) override;
  void on_node(const HeapNode& node) override;
  void on_edge(std::uint64_t target) override;
  void on_root(const HeapRoot& root) override { roots_.push_back(root); }
  void on_dependency(const HeapDependency& dependency) override { dependencies_.push_back(dependency); }
  void on_static(const HeapStatic& field) override { statics_.push_back(field); }
  void on_module(const HeapModule& loaded) override { modules_[loaded.id] = loaded.path; }
  void on_collection_start(const HeapCollection& collection) override;
  void on_collection_end(std::uint32_t number) override { completeness_.see_collection_end(number); }
  void on_node_bulk(std::uint32_t index) override { completeness_.see_node_bulk(index); }
  void on_edge_bulk(std::uint32_t index) override { completeness_.see_edge_bulk(index); }

 private:
  TraceHeader header_;
  std::vector<HeapNode> nodes_;
  std::vector<std::uint64_t> edges_;
  std::vector<HeapRoot> roots_;
  std::vector<HeapDependency> dependencies_;
  std::vector<HeapStatic> statics_;
  std::unordered_map<std::uint64_t, HeapType> types_;
  std::unordered_map<std::uint64_t, std::string> modules_;
  Completeness completeness_;
};

}  // namespace dotdiag::diagnostics
