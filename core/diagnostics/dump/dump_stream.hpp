// Asks for a dump and takes it out of a pipe while it is written.
#pragma once

#include "core/diagnostics/client.hpp"
#include "core/diagnostics/dump/dump_fifo.hpp"
#include "core/diagnostics/dump/dump_wait.hpp"

#include <functional>
#include <string_view>

namespace dotdiag::diagnostics {

/// The form of the command that this runtime knows, see dump_request.
int dump_variant(const RuntimeVersion& version);

/// Every byte of the dump goes to `sink`; the process stands still until the last one. `keep_on` is asked a few times a
/// second. Throws a Failure: of the runtime's words where it refused, `timed_out` where it was silent or not to keep
/// on; and whatever `sink` throws. The process goes on in every case.
void stream_dump(Client& client, const RuntimeVersion& version, const DumpWish& wish, DumpFifo& fifo,
                 const std::function<void(std::string_view)>& sink, const std::function<bool()>& keep_on);

}  // namespace dotdiag::diagnostics
