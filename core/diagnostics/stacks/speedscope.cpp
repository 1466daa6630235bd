#include "core/diagnostics/stacks/speedscope.hpp"

#include "core/diagnostics/json_text.hpp"

#include <map>
#include <ostream>

namespace dotdiag::diagnostics {
namespace {

/// The file refers to frames and stacks by number.
struct Frames {
  std::map<std::string, std::size_t> numbers;
  std::vector<std::string> names;
  std::vector<std::string> stacks;  ///< each as a JSON array of frame numbers, outermost first
};

Frames number_frames(const Samples& samples) {
  Frames frames;
  for (std::uint32_t stack = 0; stack < samples.stack_count(); ++stack) {
    const std::vector<std::string> names = frame_names(samples, stack);
    std::string numbers;
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
      const auto [entry, is_new] = frames.numbers.try_emplace(*name, frames.names.size());
      if (is_new) frames.names.push_back(*name);
      numbers += (numbers.empty() ? "" : ",") + std::to_string(entry->second);
    }
    frames.stacks.push_back("[" + numbers + "]");
  }
  return frames;
}

/// Nanoseconds since the session began. Events of before it, which the clock's rounding makes, count as its begin.
std::uint64_t nanoseconds(const TraceHeader& header, std::uint64_t timestamp) {
  const std::uint64_t ticks = timestamp > header.ticks ? timestamp - header.ticks : 0;
  const std::uint64_t seconds = ticks / header.ticks_per_second, rest = ticks % header.ticks_per_second;
  return seconds * 1'000'000'000 +
         static_cast<std::uint64_t>(static_cast<double>(rest) * 1e9 / static_cast<double>(header.ticks_per_second));
}

/// The last sample of a thread is not followed by another: it weighs as much as the one before it.
std::string weights(const TraceHeader& header, const std::vector<Sample>& samples) {
  std::string text;
  std::uint64_t weight = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (i + 1 < samples.size()) {
      const std::uint64_t here = nanoseconds(header, samples[i].timestamp);
      const std::uint64_t next = nanoseconds(header, samples[i + 1].timestamp);
      weight = next > here ? next - here : 0;
    }
    text += (i == 0 ? "" : ",") + std::to_string(weight);
  }
  return text;
}

void write_thread(const Samples& samples, const Frames& frames, std::uint64_t thread, std::ostream& out) {
  const std::vector<Sample>& of_thread = samples.threads().at(thread);
  const std::uint64_t begin = nanoseconds(samples.header(), of_thread.front().timestamp);
  const std::uint64_t end = nanoseconds(samples.header(), of_thread.back().timestamp);
  out << R"({"type":"sampled","name":)" << json_text("Thread " + std::to_string(thread))
      << R"(,"unit":"nanoseconds","startValue":)" << begin << R"(,"endValue":)" << end << R"(,"samples":[)";
  for (std::size_t i = 0; i < of_thread.size(); ++i)
    out << (i == 0 ? "" : ",") << frames.stacks[of_thread[i].stack];
  out << R"(],"weights":[)" << weights(samples.header(), of_thread) << "]}";
}

}  // namespace

void write_speedscope(const Samples& samples, const std::string& name, std::ostream& out) {
  const Frames frames = number_frames(samples);
  out << R"({"$schema":"https://www.speedscope.app/file-format-schema.json","exporter":"dotdiag","name":)"
      << json_text(name) << R"(,"activeProfileIndex":0,"shared":{"frames":[)";
  for (std::size_t i = 0; i < frames.names.size(); ++i)
    out << (i == 0 ? "" : ",") << R"({"name":)" << json_text(frames.names[i]) << "}";
  out << R"(]},"profiles":[)";
  bool first = true;
  for (const auto& [thread, of_thread] : samples.threads()) {
    if (!first) out << ",";
    first = false;
    write_thread(samples, frames, thread, out);
  }
  out << "]}\n";
}

}  // namespace dotdiag::diagnostics
