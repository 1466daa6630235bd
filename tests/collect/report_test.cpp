// Heap tables, their differences, stacks and counters as they are printed.
#include "collect/arguments.hpp"
#include "collect/counters_report.hpp"
#include "collect/heap_report.hpp"
#include "collect/stacks_report.hpp"
#include "tests/support/eventually.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <atomic>
#include <mutex>
#include <sstream>
#include <thread>

using namespace dotdiag::collect;
using namespace dotdiag::diagnostics;

namespace {

HeapTotals heap(std::uint64_t items) {
  HeapTotals totals;
  totals.types = {{"Shop.Item", items, items * 24}, {"System.String", 2, 60}};
  totals.objects = items + 2;
  totals.bytes = items * 24 + 60;
  totals.roots[0] = 3;
  totals.largest = {{"System.String", 0x10, 38}};
  return totals;
}

CounterValue counter(const std::string& name, double value) {
  CounterValue counter;
  counter.source = "System.Runtime";
  counter.name = name;
  counter.unit = "MB";
  counter.value = value;
  counter.when = 1.5;
  return counter;
}

}  // namespace

TEST_CASE("a heap is a table of types, its largest objects and its roots") {
  std::ostringstream out;
  print_heap(heap(1500), 1, false, out);
  CHECK(out.str() ==
        " BYTES  OBJECTS  TYPE\n"
        "36 000    1 500  Shop.Item\n"
        "36 060    1 502  all 2 types\n"
        "\n"
        "The largest objects:\n"
        "38  System.String\n"
        "\n"
        "Roots: 3 stack\n");
}

TEST_CASE("the difference of two heaps shows what grew first") {
  std::ostringstream out;
  print_heap_diff(heap(10), heap(1500), 5, out);
  CHECK(out.str() ==
        "  BYTES  OBJECTS  TYPE\n"
        "+35 760   +1 490  Shop.Item\n"
        "+35 760   +1 490  all types: 300 bytes, now 36 060\n");
}

TEST_CASE("a saved heap is read again as it was, and nothing else is taken for one") {
  const HeapTotals again = parse_saved_heap(saved_heap(heap(1500)), "before.txt");
  CHECK(again.bytes == 36060);
  CHECK(again.objects == 1502);
  CHECK(again.types.at(0).name == "Shop.Item");
  CHECK_THROWS_WITH(parse_saved_heap("{}", "before.txt"), "before.txt: not written by `heap --save`");
  CHECK_THROWS_WITH(parse_saved_heap(saved_heap(heap(1)) + "12\n", "before.txt"),
                    "before.txt: damaged: take the snapshot again");
}

TEST_CASE("a heap as JSON says whether it is whole") {
  HeapTotals totals = heap(1);
  CHECK(nlohmann::json::parse(heap_json(totals)).at("whole") == true);
  totals.gaps = {"3 events were lost"};
  const auto json = nlohmann::json::parse(heap_json(totals));
  CHECK(json.at("whole") == false);
  CHECK(json.at("gaps").at(0) == "3 events were lost");
  CHECK(json.at("types").at(0).at("type") == "Shop.Item");
}

TEST_CASE("threads at the same place are printed together, with their names") {
  const std::vector<StackGroup> groups = {{{7, 8}, CodeKind::unknown, {"Monitor.Enter()", "Shop.Main()"}},
                                          {{9}, CodeKind::unknown, {}},
                                          {{10, 11}, CodeKind::unknown, {"Shop.Loop()"}}};
  const Threads known = {
      {8, {"worker", "waiting"}}, {9, {"", "running"}}, {10, {"", "running"}}, {11, {"", "waiting"}}};
  std::ostringstream out;
  print_stacks(groups, known, out);
  CHECK(out.str() ==
        "2 threads, waiting: 7, 8 (worker)\n"
        "    Monitor.Enter()\n"
        "    Shop.Main()\n"
        "\n"
        "1 thread, running: 9\n"
        "    (no managed frame)\n"
        "\n"
        "2 threads, 1 of them running: 10, 11\n"
        "    Shop.Loop()\n");
  const auto json = nlohmann::json::parse(stacks_json(groups, known));
  CHECK(json.at(0).at("threads").at(1).at("name") == "worker");
  CHECK(json.at(0).at("frames").at(1) == "Shop.Main()");
  CHECK(json.at(0).at("threads").at(1).at("state") == "waiting");
}

TEST_CASE("a thread runs or waits as the kernel says, and an unknown process has none") {
  std::mutex mutex;
  std::atomic<std::uint64_t> sleeper = 0;
  std::unique_lock lock(mutex);
  std::thread thread([&] {
    sleeper = static_cast<std::uint64_t>(::gettid());
    const std::lock_guard wait(mutex);
  });
  Threads threads;
  const bool waits = dotdiag::test::eventually([&] {
    threads = threads_of(::getpid());
    return threads[sleeper].state == "waiting";
  });
  lock.unlock();
  thread.join();
  CHECK(waits);
  CHECK(threads[static_cast<std::uint64_t>(::gettid())].state == "running");
  CHECK(threads_of(0).empty());
}

TEST_CASE("counters are CSV, JSON lines or a table of the newest values") {
  std::ostringstream csv, lines, rows;
  for (const auto& [format, out] :
       std::vector<std::pair<std::string, std::ostream*>>{{"csv", &csv}, {"jsonl", &lines}, {"table", &rows}}) {
    const auto report = CountersReport::make(format, false, *out);
    report->add(counter("working-set", 91));
    report->add(counter("working-set", 92.5));
    report->show();
  }
  CHECK(csv.str() ==
        "seconds,source,counter,tags,kind,value,unit\n"
        "1.500,System.Runtime,working-set,,level,91,MB\n"
        "1.500,System.Runtime,working-set,,level,92.5,MB\n");
  CHECK(nlohmann::json::parse(lines.str().substr(0, lines.str().find('\n'))).at("value") == 91);
  CHECK(rows.str() ==
        "COUNTER         VALUE  UNIT  TAGS\n"
        "System.Runtime\n"
        "  working-set    92.5  MB\n");
}

TEST_CASE("a rate is for the seconds that it was counted in, and never for none") {
  const auto unit_after = [](double seconds) {
    std::ostringstream out;
    CounterValue value = counter("alloc-rate", 8);
    value.kind = CounterValue::Kind::rate;
    value.interval = seconds;
    const auto report = CountersReport::make("csv", false, out);
    report->add(value);
    return out.str().substr(out.str().rfind(',') + 1);
  };
  CHECK(unit_after(1.004) == "MB/s\n");
  CHECK(unit_after(5.2) == "MB/5s\n");
  CHECK(unit_after(0.31) == "MB/0.3s\n");
  CHECK(unit_after(0.0052) == "MB/0.005s\n");
  CHECK(unit_after(0) == "MB\n");
}
