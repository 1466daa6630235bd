#include "core/diagnostics/dump/dump_parting.hpp"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dotdiag::diagnostics {
namespace {

/// False where it cannot be, such as for want of permission. Between the two steps a writer can make it anew.
bool bar(const std::string& path) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    ::unlink(path.c_str());
    if (::mkdir(path.c_str(), 0700) == 0) return true;
  }
  return false;
}

bool has_answered(const Connection& connection, std::chrono::milliseconds time) {
  pollfd entry{connection.descriptor(), POLLIN, 0};
  return ::poll(&entry, 1, static_cast<int>(time.count())) > 0;
}

}  // namespace

void part_from_dump(Connection& connection, const DumpName& name, const DumpWish& wish, const Failure& why) {
  const bool is_barred = bar(name.ours);
  if (has_answered(connection, wish.parting)) {
    ::rmdir(name.ours.c_str());
    throw why;
  }
  throw Failure(why.kind(),
                std::string(why.what()) + "\nthe process may still come to it: " +
                    (is_barred ? "its empty directory " + name.theirs + " stays, so that nothing is written there"
                               : "then it writes " + name.theirs + ", which somebody has to remove"));
}

}  // namespace dotdiag::diagnostics
