#include "core/diagnostics/dump/dump_fifo.hpp"

#include "core/diagnostics/failure.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace dotdiag::diagnostics {
namespace {

constexpr mode_t only_its_user = 0600;
constexpr mode_t anybody_writes = 0622;  // and only we read
constexpr int roomy_pipe = 1 << 20;

/// The reason where it cannot be made, else empty.
std::string make_fifo(const std::string& path, const DotnetProcess& process) {
  if (::mkfifo(path.c_str(), only_its_user) != 0) return std::strerror(errno);
  // Whose process it is nobody knows where only its socket is to be seen.
  if (process.pid == 0) return ::chmod(path.c_str(), anybody_writes) == 0 ? "" : std::strerror(errno);
  if (process.status.uid == ::geteuid() || ::lchown(path.c_str(), process.status.uid, process.status.gid) == 0)
    return {};
  const std::string reason = std::strerror(errno);
  ::unlink(path.c_str());
  return "it cannot be given to the user " + std::to_string(process.status.uid) + ": " + reason;
}

}  // namespace

DumpFifo::DumpFifo(const std::vector<DumpPlace>& places, const DotnetProcess& process) {
  const std::string name = dump_name(process);
  std::string problems;
  for (const DumpPlace& place : places) {
    const std::string problem = make_fifo(place.ours + name, process);
    if (!problem.empty()) {
      problems += "\n  " + place.theirs + ": " + problem;
      continue;
    }
    directory_ = Descriptor(::open(place.ours.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    our_path_ = directory_ ? "/proc/self/fd/" + std::to_string(directory_.get()) + name : place.ours + name;
    their_path_ = place.theirs + name;
    read_end_ = Descriptor(::open(our_path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (read_end_) break;
    problems += "\n  " + place.theirs + ": " + std::strerror(errno);
    remove_name();
  }
  if (!read_end_)
    throw Failure(FailureKind::unsuitable,
                  "no directory for a named pipe, which a dump is streamed through:" + problems);
  ::fcntl(read_end_.get(), F_SETPIPE_SZ, roomy_pipe);  // only quicker where it is granted
}

DumpFifo::~DumpFifo() {
  remove_name();
}

void DumpFifo::remove_name() {
  if (!our_path_.empty()) ::unlink(our_path_.c_str());
  our_path_.clear();
}

void DumpFifo::close() {
  read_end_ = Descriptor();
}

}  // namespace dotdiag::diagnostics
