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

void part_from_dump(Connection& connection, const std::string& path, const DumpWish& wish, const Failure& why) {
  const bool is_barred = bar(path);
  if (has_answered(connection, wish.parting)) {
    ::rmdir(path.c_str());
    throw why;
  }
  throw Failure(why.kind(), std::string(why.what()) + "\nthe process may still come to it: " +
                                (is_barred ? "the empty directory " + path + " stays, so that nothing is written there"
                                           : "then it writes " + path + ", which somebody has to remove"));
}

}  // namespace dotdiag::diagnostics
