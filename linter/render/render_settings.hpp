// How charts and kustomizations are rendered.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace dotdiag {

struct RenderSettings {
  bool is_on = true;                ///< where the program for it is in PATH
  std::vector<std::string> values;  ///< files for `helm template --values`, the last one wins
  std::chrono::milliseconds time_limit = std::chrono::seconds(30);  ///< for one chart or kustomization
  std::size_t most_bytes = std::size_t{32} << 20;                   ///< of what one renders to
};

}  // namespace dotdiag
