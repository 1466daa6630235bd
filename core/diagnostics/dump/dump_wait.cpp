#include "core/diagnostics/dump/dump_wait.hpp"

#include "core/diagnostics/dump/abandoned_writer.hpp"
#include "core/diagnostics/failure.hpp"

#include <utility>

namespace dotdiag::diagnostics {

DumpWait::DumpWait(const DumpWish& wish, std::string their_path, const std::function<bool()>& keep_on)
    : wish_(wish), their_path_(std::move(their_path)), keep_on_(keep_on), deadline_(Deadline::in(wish.silence)) {}

void DumpWait::check(bool has_moved) {
  const auto give_up = [](const char* why) { throw Failure(FailureKind::timed_out, why); };
  if (has_moved) deadline_ = Deadline::in(wish_.silence);
  if (!keep_on_()) give_up("the dump was interrupted");
  // Whoever writes the dump keeps the connection open.
  if (wish_.pid > 0 && has_ended(wish_.pid)) {
    end_writers_of(their_path_);
    give_up("the process ended in the middle of the dump");
  }
  if (deadline_.has_passed()) give_up("the dump does not come: the process is stopped, or its disk or memory is slow");
}

}  // namespace dotdiag::diagnostics
