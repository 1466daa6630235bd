#include "core/transfer/progress.hpp"

#include <sstream>

namespace dotdiag::transfer {

std::string progress_line(const Progress& progress) {
  return progress.phase + ' ' + std::to_string(progress.done) + ' ' + std::to_string(progress.about) + '\n';
}

std::optional<Progress> parse_progress(std::string_view line) {
  std::istringstream words{std::string(line)};
  Progress progress;
  if (!(words >> progress.phase >> progress.done >> progress.about)) return std::nullopt;
  return progress;
}

}  // namespace dotdiag::transfer
