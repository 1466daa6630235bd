// Waiting for a dump: what is wished of one, and when to wait no longer.
#pragma once

#include "core/diagnostics/deadline.hpp"
#include "core/diagnostics/request.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace dotdiag::diagnostics {

struct DumpWish {
  DumpType type = DumpType::heap;
  int pid = 0;  ///< of the process, which may die meanwhile; 0 where it is not to be seen
  std::chrono::milliseconds silence{120'000};  ///< gives up where neither bytes nor an answer come for so long
  std::chrono::milliseconds parting{10'000};   ///< how long to wait for the runtime's answer after giving up
};

class DumpWait {
 public:
  /// `keep_on` is asked at every check.
  DumpWait(const DumpWish& wish, std::string their_path, const std::function<bool()>& keep_on);

  /// To be called a few times a second. Throws a `timed_out` Failure where the dump is not to come any more;
  /// `has_moved` tells that some of it came since the last time.
  void check(bool has_moved);

 private:
  const DumpWish& wish_;
  std::string their_path_;
  const std::function<bool()>& keep_on_;
  Deadline deadline_;
};

}  // namespace dotdiag::diagnostics
