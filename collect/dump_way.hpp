// How a dump leaves its process: through a named pipe, or by way of a file there.
#pragma once

#include "core/diagnostics/dump/dump_fifo.hpp"
#include "core/diagnostics/dump/dump_file.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace dotdiag::collect {

struct DumpWayWish {
  std::string way;          ///< pipe, file, or auto: a file only where no pipe can be made
  std::string directory;    ///< as the process sees it; empty: where it can be
  std::uint64_t bytes = 0;  ///< what the dump will have about
};

class DumpWay {
 public:
  /// Makes it. Throws an unsuitable Failure that says why it cannot be.
  DumpWay(const diagnostics::DotnetProcess& process, const DumpWayWish& wish);

  /// `into a named pipe in /dev/shm, which takes no disk`, and why that.
  std::string description() const;
  /// By way of a file.
  bool takes_disk() const { return file_ != nullptr; }

  /// Has the dump taken, and shows all of it to `sink`; answers for how many seconds the process stood still. Throws as
  /// diagnostics::stream_dump does.
  double take(diagnostics::Client& client, const diagnostics::RuntimeVersion& version,
              const diagnostics::DumpWish& wish, const std::function<void(std::string_view)>& sink);

 private:
  void make_pipe(const DumpWayWish& wish);

  const diagnostics::DotnetProcess& process_;
  std::unique_ptr<diagnostics::DumpFifo> pipe_;
  std::unique_ptr<diagnostics::DumpFile> file_;
  std::string why_no_pipe_;
};

}  // namespace dotdiag::collect
