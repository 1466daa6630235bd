#include "webhook/cpus.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>

namespace dotdiag {

unsigned threads_for(std::string_view cpu_max, unsigned processors) {
  constexpr unsigned most = 4;
  const unsigned present = std::clamp(processors, 1U, most);
  std::istringstream words{std::string(cpu_max)};
  double quota = 0;
  double period = 0;
  if (!(words >> quota >> period) || quota <= 0 || period <= 0) return present;
  const double granted = std::clamp(quota / period, 1.0, double{most});  // half a processor still needs a thread
  return std::min(present, static_cast<unsigned>(granted + 0.5));
}

unsigned default_threads() {
  std::ifstream file("/sys/fs/cgroup/cpu.max");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return threads_for(text, std::thread::hardware_concurrency());
}

}  // namespace dotdiag
