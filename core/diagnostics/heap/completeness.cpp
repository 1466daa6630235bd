#include "core/diagnostics/heap/completeness.hpp"

namespace dotdiag::diagnostics {
namespace {

constexpr std::uint32_t full_generation = 2, induced = 1, blocking = 0;

/// Bulks that lie between the one expected and the one that came.
std::uint64_t skipped(std::uint32_t& next, std::uint32_t index) {
  const std::uint64_t missing = index >= next ? index - next : 1;
  next = index + 1;
  return missing;
}

}  // namespace

void Completeness::see_collection_start(std::uint32_t number, std::uint32_t generation, std::uint32_t reason,
                                        std::uint32_t kind) {
  // The session asked for a full, blocking one. Others, of the application's own, can run before it.
  if (!collection_ && generation == full_generation && reason == induced && kind == blocking) collection_ = number;
}

void Completeness::see_collection_end(std::uint32_t number) {
  // An application can ask for full collections itself; the one that wrote the heap is ours.
  if (collection_ != number) return;
  if (nodes_ > 0)
    ended_ = true;
  else
    collection_.reset();
}

void Completeness::see_node_bulk(std::uint32_t index) {
  missing_bulks_ += skipped(next_node_bulk_, index);
}

void Completeness::see_edge_bulk(std::uint32_t index) {
  missing_bulks_ += skipped(next_edge_bulk_, index);
}

void Completeness::see_node(std::uint64_t edges) {
  ++nodes_;
  announced_edges_ += edges;
}

std::vector<std::string> Completeness::gaps(std::uint64_t lost_events, std::uint64_t unnamed) const {
  std::vector<std::string> gaps;
  if (nodes_ == 0) gaps.push_back("no object came at all");
  if (!ended_) gaps.push_back("the end of the collection did not come");
  if (lost_events > 0) gaps.push_back(std::to_string(lost_events) + " events were lost");
  if (missing_bulks_ > 0)
    gaps.push_back(std::to_string(missing_bulks_) + " groups of objects or references are missing");
  if (announced_edges_ != edges_)
    gaps.push_back(std::to_string(edges_) + " of " + std::to_string(announced_edges_) + " references came");
  if (unnamed > 0) gaps.push_back(std::to_string(unnamed) + " types have no name");
  return gaps;
}

}  // namespace dotdiag::diagnostics
