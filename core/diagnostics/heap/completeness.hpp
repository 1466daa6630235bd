// Whether a heap snapshot is whole. When the session's buffer overflows, events are missing in its middle while its end
// is there (dotnet/diagnostics#2404): a table made from such a snapshot is wrong without looking so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag::diagnostics {

/// Is told what came, and judges it in the end.
class Completeness {
 public:
  void see_collection_start(std::uint32_t number, std::uint32_t generation, std::uint32_t reason, std::uint32_t kind);
  void see_collection_end(std::uint32_t number);
  void see_node_bulk(std::uint32_t index);
  void see_edge_bulk(std::uint32_t index);
  void see_node(std::uint64_t edges);
  void see_edge() { ++edges_; }

  /// True once the collection that the snapshot was taken in has ended: nothing more will come.
  bool has_ended() const { return ended_; }

  /// True between the start and the end of that collection.
  bool is_collecting() const { return collection_ && !ended_; }

  /// What is missing, in sentences without a full stop; empty where the snapshot is whole. `unnamed` is the number of
  /// types without a name that have objects.
  std::vector<std::string> gaps(std::uint64_t lost_events, std::uint64_t unnamed) const;

 private:
  std::optional<std::uint32_t> collection_;
  bool ended_ = false;
  std::uint64_t nodes_ = 0, edges_ = 0, announced_edges_ = 0;
  std::uint32_t next_node_bulk_ = 0, next_edge_bulk_ = 0;
  std::uint64_t missing_bulks_ = 0;
};

}  // namespace dotdiag::diagnostics
