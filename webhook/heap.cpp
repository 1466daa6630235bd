#include "webhook/heap.hpp"

#ifdef DOTDIAG_MIMALLOC
#include <mimalloc.h>
#else
#include <malloc.h>
#endif

namespace dotdiag {

#ifndef DOTDIAG_MIMALLOC

void give_memory_back() {
  constexpr int large = 256 * 1024;  // bytes; glibc raises both limits after the first large body
  ::mallopt(M_MMAP_THRESHOLD, large);
  ::mallopt(M_TRIM_THRESHOLD, large);
}

#elif MI_MALLOC_VERSION >= 210

void give_memory_back() {
  mi_option_set(mi_option_purge_delay, 0);
}

#else

void give_memory_back() {
  mi_option_set(mi_option_decommit_delay, 0);
  mi_option_set(mi_option_segment_decommit_delay, 0);
}

#endif

}  // namespace dotdiag
