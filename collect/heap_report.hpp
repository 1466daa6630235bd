// Heap totals as text and JSON, and the difference of two of them.
#pragma once

#include "core/diagnostics/heap/heap_statistics.hpp"

#include <iosfwd>
#include <string>

namespace dotdiag::collect {

/// `top` types and the totals.
void print_heap(const diagnostics::HeapTotals& totals, std::size_t top, bool by_count, std::ostream& out);

/// All of it, for programs.
std::string heap_json(const diagnostics::HeapTotals& totals);

/// One line a type, for parse_saved_heap.
std::string saved_heap(const diagnostics::HeapTotals& totals);
/// Throws Misuse, with `path` in its words, where the text is not what saved_heap wrote.
diagnostics::HeapTotals parse_saved_heap(const std::string& text, const std::string& path);

/// What grew and what shrank, most growth first.
void print_heap_diff(const diagnostics::HeapTotals& before, const diagnostics::HeapTotals& after, std::size_t top,
                     std::ostream& out);

}  // namespace dotdiag::collect
