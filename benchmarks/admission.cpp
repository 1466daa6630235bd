// An admission review from bytes to bytes, without a network: time and allocations for each.
#include "webhook/admission.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/recorded_reviews.hpp"

#include <benchmark/benchmark.h>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using namespace dotdiag;

void answer(benchmark::State& state, const std::string& review, std::string_view result) {
  const AdmissionSettings settings;
  if (answer_review(review, settings).result != result)
    throw std::runtime_error("another result than " + std::string(result));
  const std::size_t before = test::allocations_so_far();
  for ([[maybe_unused]] auto _ : state)
    benchmark::DoNotOptimize(answer_review(review, settings));
  const auto allocations = static_cast<double>(test::allocations_so_far() - before);
  state.counters["allocations"] = benchmark::Counter(allocations, benchmark::Counter::kAvgIterations);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(review.size()));
}

void opted_in(benchmark::State& state) {
  answer(state, test::opted_in_review(), "mutated");
}

void not_opted_in(benchmark::State& state) {
  answer(state, test::plain_review(), "unchanged");
}

void opted_in_containers(benchmark::State& state) {
  answer(state, test::opted_in_review_with(static_cast<int>(state.range(0)) - 1), "mutated");
}

BENCHMARK(opted_in);
BENCHMARK(not_opted_in);
BENCHMARK(opted_in_containers)->Arg(1)->Arg(10)->Arg(99);

}  // namespace

BENCHMARK_MAIN();
