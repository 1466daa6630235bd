// A pipe with a name that a dump is written into: the dump then needs no disk at all. createdump opens its output for
// writing and never seeks in it, so that a pipe will do.
//
// The read end is opened before the runtime is asked: where nobody has it open, the process stands still until somebody
// does. When it is closed early createdump gets an error, and the process goes on unharmed.
#pragma once

#include "core/diagnostics/descriptor.hpp"
#include "core/diagnostics/dump/dump_place.hpp"

#include <string>

namespace dotdiag::diagnostics {

class DumpFifo {
 public:
  /// In the first of `places` where one can be made. It belongs to the process's user: some kernels refuse to write
  /// into another's pipe. Where that user is not known, everybody may write into it, and nobody else read. Throws an
  /// unsuitable Failure that says of each place why it cannot be.
  DumpFifo(const std::vector<DumpPlace>& places, const DotnetProcess& process);
  ~DumpFifo();
  DumpFifo(const DumpFifo&) = delete;
  DumpFifo& operator=(const DumpFifo&) = delete;

  /// What the runtime is told to write to.
  const std::string& their_path() const { return their_path_; }
  /// As we see it; empty once the name was taken away.
  const std::string& our_path() const { return our_path_; }
  int descriptor() const { return read_end_.get(); }

  /// Takes the name away; what has opened it goes on.
  void remove_name();
  /// Ends the reading: whoever writes gets an error.
  void close();

 private:
  std::string their_path_;
  Descriptor directory_;  ///< of the pipe: when the process has died, no path of /proc leads there any more
  std::string our_path_;
  Descriptor read_end_;
};

}  // namespace dotdiag::diagnostics
