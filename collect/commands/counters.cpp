// counters: what a process counts of itself, live.
#include "collect/command.hpp"
#include "collect/counters_report.hpp"
#include "collect/interrupt.hpp"
#include "collect/target.hpp"
#include "core/diagnostics/nettrace/nettrace_reader.hpp"
#include "core/diagnostics/trace_session.hpp"

#include <unistd.h>

#include <iostream>
#include <mutex>
#include <set>

namespace dotdiag::collect {
namespace {

constexpr std::uint32_t counters_buffer_mb = 16;
/// Beyond the first interval: a busy process is late.
constexpr std::chrono::seconds patience{10};
constexpr const char* nothing_came =
    "nothing has come: no source has that name (they are case-sensitive), or the process has not used it yet";
constexpr std::string_view default_source = "System.Runtime";

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names)
    list += (list.empty() ? "" : ",") + name;
  return list;
}

int interval_of(const Arguments& arguments) {
  return static_cast<int>(arguments.number("interval", 1, 1, 3600));
}

diagnostics::SessionWish session_for(const Target& target, const Arguments& arguments) {
  const int interval = interval_of(arguments);
  std::vector<std::string> sources = arguments.all("counters");
  const std::vector<std::string> meters = arguments.all("meters");
  if (!meters.empty() && target.version().major < 8)
    throw Misuse("--meters: only .NET 8 and later let several tools read meters: use --counters");
  if (sources.empty() && meters.empty()) sources.emplace_back(default_source);
  diagnostics::SessionWish wish;
  wish.buffer_mb = counters_buffer_mb;
  wish.rundown = 0;
  wish.stacks = false;
  for (const std::string& source : sources)
    wish.providers.push_back(diagnostics::counters_of(source, interval));
  // The runtime only compares it with the ids of other clients.
  const std::string client = "dotdiag-" + std::to_string(::getpid());
  if (!meters.empty()) wish.providers.push_back(diagnostics::meters_of(joined(meters), interval, client));
  return wish;
}

/// Between the session's thread, which brings values, and the command's, which shows them. With `once` it is over when
/// a counter comes a second time.
class Watch {
 public:
  Watch(CountersReport& report, bool once) : report_(report), once_(once) {}

  void add(const diagnostics::CounterValue& value) {
    const std::lock_guard lock(mutex_);
    const std::string key = value.source + "\n" + value.name + "\n" + value.tags;
    if (once_ && !seen_.insert(key).second) is_over_ = true;
    if (!is_over_) report_.add(value);
    is_new_ = has_come_ = true;
  }
  void note(const std::string& text) {
    const std::lock_guard lock(mutex_);
    std::cerr << text << '\n';
  }
  /// True while there is more to wait for.
  bool show() {
    const std::lock_guard lock(mutex_);
    if (is_new_ && !once_) report_.show();
    is_new_ = false;
    return !is_over_;
  }
  bool wants_more() {
    const std::lock_guard lock(mutex_);
    return !is_over_;
  }
  bool has_come() {
    const std::lock_guard lock(mutex_);
    return has_come_;
  }
  void finish() {
    const std::lock_guard lock(mutex_);
    report_.show();
  }

 private:
  std::mutex mutex_;
  CountersReport& report_;
  bool once_;
  bool is_new_ = false, is_over_ = false, has_come_ = false;
  std::set<std::string> seen_;
};

int run(const Arguments& arguments) {
  const std::string format = arguments.one_of("format", {"table", "csv", "jsonl"});
  const bool once = arguments.has("once");
  const std::uint64_t duration = arguments.seconds("duration", 1'000'000'000);
  Target target(arguments);
  const diagnostics::SessionWish wish = session_for(target, arguments);
  const auto report = CountersReport::make(format, !once && ::isatty(STDOUT_FILENO) != 0, std::cout);
  Watch watch(*report, once);
  diagnostics::CounterEvents events([&](const auto& value) { watch.add(value); },
                                    [&](const std::string& text) { watch.note(text); });
  diagnostics::NettraceReader reader(events);
  diagnostics::TraceSession session(target.client(), target.version(), wish,
                                    [&](std::string_view bytes) { reader.feed(bytes); });
  const auto end = diagnostics::Deadline::in(std::chrono::seconds(duration));
  bool has_ended = false;
  const auto look = [&] { return has_ended = session.wait(std::chrono::milliseconds(200)); };
  const auto first_values = diagnostics::Deadline::in(std::chrono::seconds(interval_of(arguments)) + patience);
  bool is_silent = false;
  while (!look() && watch.show() && !is_interrupted() && !end.has_passed() && !(once && is_silent)) {
    if (is_silent || watch.has_come() || !first_values.has_passed()) continue;
    is_silent = true;
    std::cerr << target.title() << ": " << nothing_came << '\n';
  }
  session.stop();
  session.finish(std::chrono::seconds(10));
  watch.finish();
  if (once && is_silent && !watch.has_come()) return 1;
  if (!has_ended || !watch.wants_more()) return 0;
  std::cerr << target.title() << ": the process ended\n";
  return 1;
}

}  // namespace

Command counters_command() {
  return {
      "counters",
      "",
      "show what a process counts of itself, live",
      "EventCounters work with every .NET; meters with .NET 8 and later. Without either, System.Runtime is shown.\n"
      "Ctrl-C ends it.",
      0,
      with_target({{"counters", 'c', "SOURCE", "A source of EventCounters, may repeat: Microsoft.AspNetCore.Hosting"},
                   {"meters", 'm', "METER", "A meter, may repeat: System.Runtime, Microsoft.AspNetCore.Hosting"},
                   {"interval", '\0', "SECONDS", "Between two values; default: 1"},
                   {"once", '\0', "", "Print each counter once and end"},
                   {"duration", 'd', "TIME", "End after this time"},
                   {"format", '\0', "FORMAT", "table, csv or jsonl; default: table"}}),
      run};
}

}  // namespace dotdiag::collect
