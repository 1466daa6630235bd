#include "core/diagnostics/stacks/samples.hpp"

#include "core/diagnostics/bytes.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace dotdiag::diagnostics {
namespace {

constexpr std::uint32_t thread_sample = 0;

std::string address_text(std::uint64_t address) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "0x%llx", static_cast<unsigned long long>(address));
  return text.data();
}

}  // namespace

void Samples::on_event(const TraceEvent& event) {
  if (!event.type.is(sample_provider, thread_sample)) return methods_.see(event);
  const auto kind = static_cast<CodeKind>(ByteReader(event.payload).u32());
  std::vector<Sample>& samples = threads_[event.thread];
  samples.push_back({event.timestamp, number_of(event.stack), kind});
  rounds_ = std::max<std::uint64_t>(rounds_, samples.size());
}

std::uint32_t Samples::number_of(std::span<const std::uint64_t> stack) {
  const auto [entry, is_new] =
      numbers_.try_emplace({stack.begin(), stack.end()}, static_cast<std::uint32_t>(stacks_.size()));
  if (is_new) stacks_.push_back(&entry->first);
  return entry->second;
}

std::vector<std::string> frame_names(const Samples& samples, std::uint32_t stack) {
  std::vector<std::string> names;
  for (const std::uint64_t address : samples.stack(stack)) {
    const std::string name = samples.methods().find(address);
    names.push_back(name.empty() ? address_text(address) : name);
  }
  return names;
}

}  // namespace dotdiag::diagnostics
