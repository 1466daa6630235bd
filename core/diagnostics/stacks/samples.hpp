// What the runtime's sampler saw: for each thread where it was, and when.
#pragma once

#include "core/diagnostics/nettrace/event.hpp"
#include "core/diagnostics/stacks/method_names.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace dotdiag::diagnostics {

/// The sampler and, for methods compiled meanwhile, the compiler; with a rundown for all the others.
inline constexpr std::uint64_t compiled_method_keywords = 0x10;
inline constexpr std::uint32_t compiled_method_level = 5;

/// What the runtime says that a thread was in. Not to be relied on: .NET 9 calls a loop of managed code external.
enum class CodeKind : std::uint32_t { unknown = 0, external = 1, managed = 2 };

struct Sample {
  std::uint64_t timestamp = 0;
  std::uint32_t stack = 0;  ///< a number for Samples::stack
  CodeKind kind = CodeKind::unknown;
};

/// Keeps every sample, and every different stack once.
class Samples : public TraceHandler {
 public:
  void on_header(const TraceHeader& header) override { header_ = header; }
  void on_event(const TraceEvent& event) override;

  const TraceHeader& header() const { return header_; }
  /// By thread of the operating system, as the process sees it, in the order of time.
  const std::map<std::uint64_t, std::vector<Sample>>& threads() const { return threads_; }
  /// Addresses, innermost first.
  const std::vector<std::uint64_t>& stack(std::uint32_t number) const { return *stacks_[number]; }
  std::size_t stack_count() const { return stacks_.size(); }
  const MethodNames& methods() const { return methods_; }

  /// How often all threads were looked at; may be asked from another thread.
  std::uint64_t rounds() const { return rounds_; }

 private:
  std::uint32_t number_of(std::span<const std::uint64_t> stack);

  TraceHeader header_;
  std::map<std::uint64_t, std::vector<Sample>> threads_;
  std::map<std::vector<std::uint64_t>, std::uint32_t> numbers_;
  std::vector<const std::vector<std::uint64_t>*> stacks_;  ///< keys of numbers_
  MethodNames methods_;
  std::atomic<std::uint64_t> rounds_ = 0;
};

/// The names along a stack, innermost first; an address that no method has is written as a number.
std::vector<std::string> frame_names(const Samples& samples, std::uint32_t stack);

}  // namespace dotdiag::diagnostics
