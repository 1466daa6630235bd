// Holds what cannot be written as fast as it comes in memory: the process of a dump stands still until its last byte
// was taken, and a network is slower than memory.
#pragma once

#include "collect/output_file.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace dotdiag::collect {

class Spool {
 public:
  /// Keeps up to `most` bytes; 0 writes through at once.
  Spool(OutputFile& file, std::uint64_t most) : file_(file), most_(most) {}

  void write(std::string_view bytes);
  /// Writes what is held.
  void flush();
  std::uint64_t total() const { return total_; }

 private:
  OutputFile& file_;
  std::uint64_t most_;
  std::uint64_t total_ = 0;
  std::string held_;
};

/// Half of what our own container, or the machine, has left.
std::uint64_t spool_memory();

}  // namespace dotdiag::collect
