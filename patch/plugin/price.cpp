#include "patch/plugin/price.hpp"

#include "core/document/json_reader.hpp"
#include "patch/plugin/words.hpp"

#include <algorithm>
#include <charconv>

namespace dotdiag {
namespace {

/// Beside what a question takes; less has been seen to end in OOMKilled.
constexpr std::uint64_t headroom = 32u << 20;

double number_member(const Json& object, std::string_view key) {
  const Json* value = member(object, key);
  return value != nullptr && value->is_number() ? value->get<double>() : 0;
}

std::uint64_t bytes_member(const Json& object, std::string_view key) {
  return static_cast<std::uint64_t>(std::max(0.0, number_member(object, key)));
}

}  // namespace

ProcessCost parse_cost(const std::string& text) {
  const Json json = read_json(text, "what dotdiag-collect says of the process");
  ProcessCost cost;
  cost.process = text_member(json, "process");
  if (member(json, "memoryLimitBytes") != nullptr) {
    const std::uint64_t limit = bytes_member(json, "memoryLimitBytes"), used = bytes_member(json, "memoryUsedBytes");
    cost.memory_left = used < limit ? limit - used : 0;
  }
  cost.heap_seconds = number_member(json, "heapSeconds");
  cost.heap_buffer = bytes_member(json, "heapBufferBytes");
  cost.heap_dump = bytes_member(json, "heapDumpBytes");
  cost.full_dump = bytes_member(json, "fullDumpBytes");
  cost.dump_way = text_member(json, "dumpWay");
  cost.dump_way_words = text_member(json, "dumpWayText");
  return cost;
}

std::uint64_t buffer_bytes(const ProcessCost& cost, std::string_view wished_megabytes, std::uint64_t otherwise) {
  std::uint64_t megabytes = 0;
  const char* end = wished_megabytes.data() + wished_megabytes.size();
  const bool is_wished = std::from_chars(wished_megabytes.data(), end, megabytes).ec == std::errc();
  const std::uint64_t wanted = is_wished ? std::min<std::uint64_t>(megabytes, 1u << 20) << 20 : otherwise;
  if (!cost.memory_left) return wanted;
  return std::min(wanted, *cost.memory_left > headroom ? *cost.memory_left - headroom : 0);
}

Price price_of_snapshot(const ProcessCost& cost, std::string_view wished_buffer) {
  Price price;
  price.pause_seconds = cost.heap_seconds;
  price.memory = buffer_bytes(cost, wished_buffer, cost.heap_buffer);
  price.words = cost.process + " collects its garbage and stands still meanwhile, up to " +
                time_words(price.pause_seconds) + " if all of its memory is heap; the stream takes up to " +
                size_words(price.memory) + " of its memory";
  return price;
}

std::vector<std::string> objections(const Price& price, const ProcessCost& cost, const Session& session) {
  std::vector<std::string> reasons;
  const auto& patience = session.plan().costs.patience_seconds;
  if (patience && price.pause_seconds > static_cast<double>(*patience))
    reasons.push_back("the liveness probe of `" + session.plan().target + "` has it restarted after " +
                      time_words(static_cast<double>(*patience)) + " without an answer, and it may stand still for " +
                      time_words(price.pause_seconds));
  if (cost.memory_left && *cost.memory_left < price.memory + headroom)
    reasons.push_back("the container has " + size_words(*cost.memory_left) + " left of its memory limit, and " +
                      size_words(price.memory) + " are taken: it may be killed");
  const auto& room = session.plan().dump.room;
  if (room && price.volume_bytes > static_cast<std::uint64_t>(room->value()))
    reasons.push_back("a file of " + size_words(price.volume_bytes) + " does not fit into " + room->text() +
                      ": the pod would be evicted");
  return reasons;
}

std::string excess(const Price& price, const QuestionSettings& settings) {
  if (settings.most_pause > 0 && price.pause_seconds > settings.most_pause)
    return "it may stand still for " + time_words(price.pause_seconds) + ", and --max-pause allows " +
           time_words(settings.most_pause);
  if (settings.most_memory > 0 && price.memory > settings.most_memory)
    return "it may take " + size_words(price.memory) + " of memory, and --max-memory allows " +
           size_words(settings.most_memory);
  return {};
}

}  // namespace dotdiag
