#include "core/diagnostics/stacks/thread_stacks.hpp"

#include <algorithm>
#include <map>

namespace dotdiag::diagnostics {

std::vector<StackGroup> group_stacks(const Samples& samples) {
  // By names, not by addresses: threads wait at different instructions of the same method.
  std::map<std::vector<std::string>, StackGroup> groups;
  for (const auto& [thread, of_thread] : samples.threads()) {
    const Sample& newest = of_thread.back();
    std::vector<std::string> frames = frame_names(samples, newest.stack);
    StackGroup& group = groups[frames];
    if (group.threads.empty()) group.kind = newest.kind;
    group.frames = std::move(frames);
    group.threads.push_back(thread);
  }
  std::vector<StackGroup> largest_first;
  for (auto& [frames, group] : groups)
    largest_first.push_back(std::move(group));
  std::stable_sort(largest_first.begin(), largest_first.end(), [](const StackGroup& left, const StackGroup& right) {
    return left.threads.size() > right.threads.size();
  });
  return largest_first;
}

}  // namespace dotdiag::diagnostics
