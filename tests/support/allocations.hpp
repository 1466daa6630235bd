// Counts what a step asks of the heap: a cost that is the same on every machine and in every run.
#pragma once

#include <cstddef>

namespace dotdiag::test {

/// How often this thread has asked `operator new` for memory since it began. Programs that link allocations.cpp count;
/// what C libraries take by malloc is not in it.
std::size_t allocations_so_far();

/// How many allocations `step` makes.
template <typename Step>
std::size_t allocations_of(Step step) {
  const std::size_t before = allocations_so_far();
  step();
  return allocations_so_far() - before;
}

}  // namespace dotdiag::test
