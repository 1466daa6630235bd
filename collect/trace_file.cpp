#include "collect/trace_file.hpp"

#include "core/diagnostics/descriptor.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/nettrace/nettrace_reader.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace dotdiag::collect {

using diagnostics::Failure;
using diagnostics::FailureKind;

TraceFileResult read_trace_file(const std::string& path, diagnostics::TraceHandler& handler) {
  const diagnostics::Descriptor file(path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const auto fail = [&](const std::string& why) { throw Failure(FailureKind::unsuitable, path + ": " + why); };
  if (!file) fail(std::string("cannot be opened: ") + std::strerror(errno));
  diagnostics::NettraceReader reader(handler);
  std::vector<char> buffer(1u << 20);
  for (ssize_t count = 0; (count = ::read(file.get(), buffer.data(), buffer.size())) != 0;) {
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(std::string("cannot be read: ") + std::strerror(errno));
    try {
      reader.feed({buffer.data(), static_cast<std::size_t>(count)});
    } catch (const Failure& failure) {
      fail(failure.what());
    }
  }
  return {reader.lost_events(), reader.is_complete()};
}

}  // namespace dotdiag::collect
