#include "collect/progress.hpp"

#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace dotdiag::collect {
namespace {

int descriptor() {
  static const char* const value = std::getenv(progress_variable);
  static const int number = value == nullptr ? -1 : std::atoi(value);
  return number;
}

}  // namespace

void show_progress(const std::string& line) {
  static const bool is_terminal = ::isatty(STDERR_FILENO) != 0;
  if (is_terminal) std::cerr << "\r\x1B[K" << line << std::flush;
}

void tell_progress(const transfer::Progress& progress) {
  if (!is_progress_told()) return;
  // Whoever does not listen any longer misses nothing that counts.
  const std::string line = transfer::progress_line(progress);
  [[maybe_unused]] const ssize_t written = ::write(descriptor(), line.data(), line.size());
}

bool is_progress_told() {
  return descriptor() > STDERR_FILENO;
}

}  // namespace dotdiag::collect
