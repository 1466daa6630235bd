// Asks for a dump and takes it out of a pipe while it is written.
#pragma once

#include "core/diagnostics/client.hpp"
#include "core/diagnostics/dump/dump_fifo.hpp"

#include <chrono>
#include <functional>
#include <string_view>

namespace dotdiag::diagnostics {

/// The form of the command that this runtime knows, see dump_request.
int dump_variant(const RuntimeVersion& version);

struct DumpStreamWish {
  DumpType type = DumpType::heap;
  int pid = 0;  ///< of the process, which may die meanwhile; 0 where it is not to be seen
  std::chrono::milliseconds silence{120'000};  ///< gives up where neither bytes nor an answer come for so long
};

/// Every byte of the dump goes to `sink`; the process stands still until the last one. `keep_on` is asked a few times a
/// second. Throws a Failure: of the runtime's words where it refused, `timed_out` where it was silent or not to keep
/// on; and whatever `sink` throws. The process goes on in every case.
void stream_dump(Client& client, const RuntimeVersion& version, const DumpStreamWish& wish, DumpFifo& fifo,
                 const std::function<void(std::string_view)>& sink, const std::function<bool()>& keep_on);

}  // namespace dotdiag::diagnostics
