// How large a dump may become, as far as a manifest can say, and what size of volume goes with that.
//
// A dump holds what the process has *committed*, touched or not. Measured on .NET Core 3.1.23 and .NET 9.0.1 (Linux
// x64, glibc), of a program that held so much managed memory in so many threads:
//
//   program               VmRSS   writable private mappings   Heap      all readable mappings   Full
//   20 MiB                26 MB   92 MiB (3.1: 83)            96 (88)   136 MiB (108)           137 (111) MiB
//   20 MiB, 50 threads    27 MB   494 MiB (488)               498 (491)                         539 (514) MiB
//   300 MiB, untouched    28 MB   375 MiB (367)               379 (370) 419 MiB (392)           420 (393) MiB
//
// So Heap is the sum of the writable private mappings in /proc/PID/smaps and at most 5 MiB more, Full that of all
// readable mappings: whoever can read that file knows the size beforehand. VmRSS says nothing.
//
// A manifest has only the memory limit, and that bounds what is touched. It bounds the managed heap too, of which the
// runtime commits no more than three quarters of the limit (as read: learn.microsoft.com, GC settings, "Heap limit
// percent"); but not the stacks, of which every thread commits all (8 MiB with glibc), nor untouched native memory. The
// figures here are therefore the right ones for a process that uses its limit with a dozen threads, and no promise for
// one that has hundreds.
//
// What comes on top of the memory limit is the same for small processes as for big ones, so it is added, not
// multiplied: of a process that may use 64Mi, Heap took 96 MiB and Full 136 MiB.
#pragma once

#include "core/document/quantity.hpp"

namespace dotdiag {

/// `memory` times `factor` and `more`, rounded up to whole Mi; the largest Quantity where that is more than fits.
Quantity scaled_and_more(const Quantity& memory, double factor, const Quantity& more);

/// What a Heap dump needs where the limit is used up: what may be touched, and the stacks and the runtime's own.
Quantity heap_dump_size(const Quantity& memory_limit);

/// What a Full dump needs: modules as well, and a quarter for what is committed and not touched, so that "it fits" can
/// be relied on for all but processes of very many threads.
Quantity full_dump_size(const Quantity& memory_limit);

/// What createdump needs below the memory limit of the application's container, in which it runs. Measured: about 13
/// MB; 42 to 47 MiB in use of 64Mi ended OOMKilled.
Quantity memory_for_createdump();

/// The size of a volume that is recommended for dumps. The stacks of 25 threads and the modules are in it, and half as
/// much again as the memory: a size limit reserves no disk, so it may be generous. The policies add volumes of this
/// size.
Quantity recommended_room(const Quantity& memory_limit);

}  // namespace dotdiag
