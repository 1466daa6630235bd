// heap: which types take the memory, and which of them grow.
#include "collect/command.hpp"
#include "collect/heap_report.hpp"
#include "collect/heap_request.hpp"
#include "collect/interrupt.hpp"
#include "collect/output_file.hpp"

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <thread>

namespace dotdiag::collect {
namespace {

diagnostics::HeapTotals totals_of(Target& target, const Arguments& arguments) {
  diagnostics::HeapStatistics statistics;
  const std::uint64_t lost =
      take_snapshot(target, arguments, false, statistics, [&] { return statistics.has_ended(); });
  return statistics.totals(lost);
}

void wait(std::chrono::seconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (!is_interrupted() && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

int run_growth(Target& target, const Arguments& arguments, std::size_t top) {
  const diagnostics::HeapTotals before = totals_of(target, arguments);
  wait(std::chrono::seconds(arguments.seconds("after", 60)));
  const diagnostics::HeapTotals after = totals_of(target, arguments);
  print_heap_diff(before, after, top, std::cout);
  const int first = report_gaps(before.gaps);
  return first != 0 ? first : report_gaps(after.gaps);
}

std::optional<diagnostics::HeapTotals> saved_before(const Arguments& arguments) {
  if (!arguments.has("diff")) return std::nullopt;
  const std::string path = arguments.text("diff");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Misuse(path + ": cannot be read");
  return parse_saved_heap({std::istreambuf_iterator<char>(file), {}}, path);
}

void save(const diagnostics::HeapTotals& totals, const std::string& path) {
  OutputFile file(path);
  file.write(saved_heap(totals));
  file.keep();
}

int run(const Arguments& arguments) {
  const std::string format = arguments.one_of("format", {"table", "json"});
  const std::string order = arguments.one_of("sort", {"bytes", "count"});
  const std::size_t top = arguments.number("top", 20, 1, 1'000'000);
  Target target(arguments);
  if (arguments.has("after")) return run_growth(target, arguments, top);
  const auto before = saved_before(arguments);
  const diagnostics::HeapTotals totals = totals_of(target, arguments);
  if (arguments.has("save")) save(totals, arguments.text("save"));
  if (before)
    print_heap_diff(*before, totals, top, std::cout);
  else if (format == "json")
    std::cout << heap_json(totals) << '\n';
  else
    print_heap(totals, top, order == "count", std::cout);
  return report_gaps(totals.gaps);
}

}  // namespace

Command heap_command() {
  return {"heap",
          "",
          "count the objects on the heap of a process by type",
          "The process collects its garbage once and stands still meanwhile: about 0.1 s for each million objects.\n"
          "A snapshot in which something is missing is never printed without saying so; the exit code is 1 then.",
          0,
          heap_options({{"after", '\0', "TIME", "Take a second snapshot after this time and show what grew"},
                        {"save", '\0', "FILE", "Keep the figures, for a later --diff"},
                        {"diff", '\0', "FILE", "Show what grew since the figures in FILE were saved"},
                        {"top", 'n', "N", "How many types; default: 20"},
                        {"sort", '\0', "ORDER", "bytes or count; default: bytes"},
                        {"format", '\0', "FORMAT", "table or json (every type); default: table"}}),
          run};
}

}  // namespace dotdiag::collect
