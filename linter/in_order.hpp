// Work on several threads whose results arrive in order.
#pragma once

#include <atomic>
#include <cstddef>
#include <future>
#include <thread>
#include <utility>
#include <vector>

namespace dotdiag {

/// Calls `work(0)` ... `work(count - 1)` on up to `threads` threads, and `consume` with each result, in order, on this
/// one. Once `consume` returns false nothing more is started. An exception of `work` comes out of here.
template <typename Work, typename Consume>
void for_each_in_order(std::size_t count, std::size_t threads, const Work& work, const Consume& consume) {
  using Result = decltype(work(std::size_t{}));
  std::vector<std::packaged_task<Result()>> tasks;
  std::vector<std::future<Result>> results;
  for (std::size_t index = 0; index < count; ++index) {
    tasks.emplace_back([&work, index] { return work(index); });
    results.push_back(tasks.back().get_future());
  }

  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> workers;
  const auto run = [&] {
    for (std::size_t index = next++; index < count; index = next++)
      std::exchange(tasks[index], {})();
  };
  // `next` ends the workers whichever way this function is left; they are joined before what they use goes away.
  struct Stop {
    std::atomic<std::size_t>& next;
    std::size_t count;
    ~Stop() { next = count; }
  };
  const Stop stop{next, count};
  for (std::size_t worker = 0; worker < threads && worker < count; ++worker)
    workers.emplace_back(run);
  for (std::future<Result>& result : results)
    if (!consume(result.get())) return;
}

}  // namespace dotdiag
