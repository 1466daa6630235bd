// Linting a file of Deployments, all rules on, beside what libyaml takes to hand out the same file's events: the ratio
// is of CPU time, pass by pass in one run.
#include "linter/lint_file.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/manifests.hpp"

#include <benchmark/benchmark.h>
#include <yaml.h>
#include <ctime>
#include <stdexcept>
#include <string>

namespace {

using namespace dotdiag;

void pass_events(const std::string& text) {
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  for (bool at_end = false; !at_end;) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) throw std::runtime_error("the generated file is not YAML");
    at_end = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
}

template <typename Step>
double seconds_of(Step step) {
  const std::clock_t before = std::clock();
  step();
  return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

void lint(benchmark::State& state) {
  const auto count = static_cast<int>(state.range(0));
  const Input input = test::deployments(count);
  const FileSettings settings;
  lint_file(test::deployments(1), settings);  // loads the built-in policies
  double linting = 0;
  double events = 0;
  std::size_t allocations = 0;
  for ([[maybe_unused]] auto _ : state) {
    const double bare = seconds_of([&] { pass_events(*input.bytes); });
    const std::size_t before = test::allocations_so_far();
    const double whole = seconds_of([&] { benchmark::DoNotOptimize(lint_file(input, settings)); });
    allocations += test::allocations_so_far() - before;
    events += bare;
    linting += whole;
    state.SetIterationTime(whole);
  }
  state.counters["times_libyaml"] = linting / events;
  state.counters["allocations_per_document"] =
      static_cast<double>(allocations) / static_cast<double>(state.iterations()) / count;
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(input.bytes->size()));
}

BENCHMARK(lint)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(100)->Arg(1000)->Arg(10000);

}  // namespace

BENCHMARK_MAIN();
