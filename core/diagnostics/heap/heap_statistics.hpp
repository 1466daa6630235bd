// Which types take how much of the heap. Counts while the snapshot streams by: memory grows with the number of types,
// not of objects.
#pragma once

#include "core/diagnostics/heap/completeness.hpp"
#include "core/diagnostics/heap/heap_events.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace dotdiag::diagnostics {

struct TypeTotal {
  std::string name;
  std::uint64_t objects = 0;
  std::uint64_t bytes = 0;
};

/// An array or a string, in practice: nothing else grows large.
struct LargeObject {
  std::string type;
  std::uint64_t address = 0;
  std::uint64_t bytes = 0;
};

struct HeapTotals {
  std::vector<TypeTotal> types;  ///< most bytes first; types of the same name are one
  std::uint64_t objects = 0;
  std::uint64_t bytes = 0;
  std::uint64_t edges = 0;
  std::array<std::uint64_t, 6> roots{};  ///< by RootKind
  std::vector<LargeObject> largest;      ///< largest first
  std::vector<std::string> gaps;         ///< empty where the snapshot is whole, see Completeness::gaps
};

class HeapStatistics : public HeapEvents {
 public:
  /// How many of the largest objects are kept.
  explicit HeapStatistics(std::size_t largest = 10) : most_large_(largest) {}

  /// True once all of the snapshot has come, and the session can be stopped.
  bool has_ended() const { return completeness_.has_ended(); }

  std::uint64_t objects() const { return objects_; }

  HeapTotals totals(std::uint64_t lost_events) const;

 protected:
  void on_type(const HeapType& type) override;
  void on_node(const HeapNode& node) override;
  void on_edge(std::uint64_t target) override;
  void on_root(const HeapRoot& root) override;
  void on_collection_start(const HeapCollection& collection) override;
  void on_collection_end(std::uint32_t number) override;
  void on_node_bulk(std::uint32_t index) override;
  void on_edge_bulk(std::uint32_t index) override;

 private:
  struct Counted {
    std::string name;
    std::uint64_t objects = 0;
    std::uint64_t bytes = 0;
  };

  void keep_if_large(const HeapNode& node);
  std::string name_of(std::uint64_t type) const;

  std::size_t most_large_;
  std::unordered_map<std::uint64_t, Counted> types_;
  std::vector<HeapNode> large_;  ///< a heap of the largest, the smallest of them first
  std::uint64_t objects_ = 0, bytes_ = 0, edges_ = 0;
  std::array<std::uint64_t, 6> roots_{};
  Completeness completeness_;
};

}  // namespace dotdiag::diagnostics
