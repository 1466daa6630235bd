// What the server asks of the heap.
#pragma once

namespace dotdiag {

/// What a large body took goes back to the system as soon as it is free, not when some later request comes by: by
/// default either heap would hold some thirty megabytes through a quiet night.
void give_memory_back();

}  // namespace dotdiag
