#include "collect/spool.hpp"

#include "core/diagnostics/memory_room.hpp"

#include <sys/sysinfo.h>
#include <unistd.h>

#include <iostream>

namespace dotdiag::collect {

void Spool::write(std::string_view bytes) {
  total_ += bytes.size();
  if (most_ == 0) return file_.write(bytes);
  held_.append(bytes);
  if (held_.size() <= most_) return;
  std::cerr << "the rest does not fit into memory: it goes out as it comes, and the process stands still meanwhile\n";
  flush();
  most_ = 0;
}

void Spool::flush() {
  file_.write(held_);
  held_ = std::string();
}

std::uint64_t spool_memory() {
  if (const auto room = diagnostics::memory_room(::getpid())) return room->left() / 2;
  struct sysinfo machine {};
  return ::sysinfo(&machine) == 0 ? std::uint64_t{machine.freeram} * machine.mem_unit / 2 : 0;
}

}  // namespace dotdiag::collect
