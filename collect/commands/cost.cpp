// cost: what the process would pay for a dump or a heap snapshot, before anybody asks for one.
#include "collect/command.hpp"
#include "collect/dump_way.hpp"
#include "collect/heap_request.hpp"
#include "collect/json_object.hpp"
#include "collect/target.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/dump/dump_place.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/memory_room.hpp"

#include <iostream>
#include <optional>

namespace dotdiag::collect {
namespace {

struct Cost {
  std::string process;
  std::uint64_t resident = 0;
  std::optional<diagnostics::MemoryRoom> room;
  double heap_seconds = 0;
  std::uint64_t heap_buffer = 0;
  std::uint64_t heap_dump = 0, full_dump = 0;
  std::string way;       ///< pipe, file; empty: none
  std::string way_text;  ///< or why there is none
};

/// Tries the ways, and leaves nothing behind.
void find_way(const Target& target, const Arguments& arguments, Cost& cost) {
  cost.way_text = dump_obstacle(target.process());
  if (!cost.way_text.empty()) return;
  try {
    const DumpWay way(target.process(), {"auto", arguments.text("through"), cost.heap_dump});
    cost.way = way.takes_disk() ? "file" : "pipe";
    cost.way_text = way.description();
  } catch (const diagnostics::Failure& failure) {
    cost.way_text = failure.what();
  }
}

Cost cost_for(const Target& target, const Arguments& arguments) {
  const int pid = target.process().pid;
  Cost cost;
  cost.process = target.title();
  cost.resident = target.process().status.resident_kb * 1024;
  if (pid > 0) cost.room = diagnostics::memory_room(pid);
  cost.heap_seconds = longest_pause(target);
  cost.heap_buffer = std::uint64_t{likely_buffer(target)} << 20;
  cost.heap_dump = diagnostics::dump_estimate(pid, false);
  cost.full_dump = diagnostics::dump_estimate(pid, true);
  find_way(target, arguments, cost);
  return cost;
}

std::string json(const Cost& cost) {
  JsonObject object;
  object.text("process", cost.process).number("residentBytes", cost.resident);
  if (cost.room) object.number("memoryUsedBytes", cost.room->used).number("memoryLimitBytes", cost.room->limit);
  object.number("heapSeconds", cost.heap_seconds).number("heapBufferBytes", cost.heap_buffer);
  object.number("heapDumpBytes", cost.heap_dump).number("fullDumpBytes", cost.full_dump);
  object.text("dumpWay", cost.way).text("dumpWayText", cost.way_text);
  return object.str() + "\n";
}

std::string text(const Cost& cost) {
  std::vector<std::vector<std::string>> rows = {
      {"process", cost.process},
      {"resident", size_words(cost.resident)},
      {"heap, gcdump",
       "it stands still for up to " + std::to_string(static_cast<int>(cost.heap_seconds * 1000)) + " ms"},
      {"dump", "about " + size_words(cost.heap_dump) + "; of type full " + size_words(cost.full_dump)},
      {"goes", cost.way_text}};
  if (cost.room)
    rows.insert(rows.begin() + 2, {"memory", size_words(cost.room->used) + " of " + size_words(cost.room->limit)});
  return table(rows, {false, false});
}

int run(const Arguments& arguments) {
  const std::string format = arguments.one_of("format", {"table", "json"});
  const Target target(arguments);
  const Cost cost = cost_for(target, arguments);
  std::cout << (format == "json" ? json(cost) : text(cost));
  return 0;
}

}  // namespace

Command cost_command() {
  return {"cost",
          "",
          "say what a dump or a heap snapshot would cost a process",
          "Asks nothing of it but what it is.",
          0,
          with_target(
              {{"through", '\0', "DIR", "As for dump"}, {"format", '\0', "FORMAT", "table or json; default: table"}}),
          run};
}

}  // namespace dotdiag::collect
