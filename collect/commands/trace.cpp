// trace: records the events of a process into a .nettrace file, or its samples for speedscope.
#include "collect/command.hpp"
#include "collect/consent.hpp"
#include "collect/interrupt.hpp"
#include "collect/output_file.hpp"
#include "collect/profiles.hpp"
#include "collect/progress.hpp"
#include "collect/target.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/memory_room.hpp"
#include "core/diagnostics/nettrace/whole_trace.hpp"
#include "core/diagnostics/stacks/speedscope.hpp"
#include "core/diagnostics/trace_session.hpp"

#include <iostream>
#include <sstream>

namespace dotdiag::collect {
namespace {

constexpr std::uint32_t least_buffer_mb = 8;
/// Twice the default: a process has seldom been given room for more.
constexpr std::uint32_t buffer_worth_asking_mb = 512;
constexpr std::chrono::seconds look_around{1};

diagnostics::SessionWish session_for(const Target& target, const Arguments& arguments) {
  diagnostics::SessionWish wish;
  const auto wanted = static_cast<std::uint32_t>(arguments.number("buffer", 256, 1, 16'384));
  wish.buffer_mb =
      buffer_that_fits(diagnostics::memory_room(target.process().pid), wanted, std::min(wanted, least_buffer_mb));
  if (wish.buffer_mb > buffer_worth_asking_mb)
    ask_for_consent(arguments, target.title() + ": the session's buffer can take " + std::to_string(wish.buffer_mb) +
                                   " MB of the memory of the process");
  const std::vector<std::string> providers = arguments.all("provider");
  if (providers.empty() || arguments.has("profile")) {
    const Profile& profile = find_profile(arguments.text("profile", "sampled"));
    wish.providers = profile.providers;
    wish.rundown = profile.rundown;
  }
  for (const std::string& provider : providers)
    add_provider(wish.providers, parse_provider(provider));
  if (arguments.has("no-rundown")) wish.rundown = 0;
  return wish;
}

/// Records until the time is over, a signal comes or the process ends; stops properly and says how far that is.
void record(Target& target, const diagnostics::SessionWish& wish, std::uint64_t seconds, bool resume,
            const diagnostics::TraceSession::Sink& sink) {
  diagnostics::TraceSession session(target.client(), target.version(), wish, sink);
  // One that waits at its start goes on only now, so that the trace has all of it; to others it is nothing.
  if (resume) target.client().ask(diagnostics::resume_request());
  const auto begin = std::chrono::steady_clock::now();
  const auto end = diagnostics::Deadline::in(std::chrono::seconds(seconds));
  while (!end.has_passed() && !is_interrupted()) {
    const auto time = std::min<int>(end.milliseconds_left(), 200);
    if (session.wait(std::chrono::milliseconds(time))) break;
    const auto passed = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin);
    tell_progress({std::string(transfer::phase::recording), static_cast<std::uint64_t>(passed.count()), seconds});
    show_progress("recording: " + std::to_string(passed.count()) + " s, " + size_words(session.received()));
  }
  session.stop();
  while (!session.wait(look_around))
    show_progress("stopping: the process writes the names of its methods: " + size_words(session.received()));
  show_progress("");
  session.finish(std::chrono::seconds(60));
}

int report(const std::string& path, bool is_complete, std::uint64_t bytes, std::uint64_t lost,
           const std::string& unknown_format) {
  std::cerr << path << ": " << size_words(bytes);
  if (lost > 0) std::cerr << "; the process dropped " << grouped(lost) << " events: give it a larger --buffer";
  if (!unknown_format.empty())
    std::cerr << "; not checked: " << unknown_format;
  else if (!is_complete)
    std::cerr << "; the process ended before it had written the names of its methods";
  std::cerr << '\n';
  return is_complete ? 0 : 1;
}

int run_nettrace(Target& target, const Arguments& arguments, const std::string& path, std::uint64_t seconds) {
  const diagnostics::SessionWish wish = session_for(target, arguments);
  OutputFile file(path);
  diagnostics::WholeTrace trace([&](std::string_view bytes) { file.write(bytes); });
  record(target, wish, seconds, arguments.has("port"), [&](std::string_view bytes) { trace.feed(bytes); });
  const bool is_complete = trace.finish();
  file.keep();
  return report(path, is_complete, trace.written(), trace.lost_events(), trace.unknown_format());
}

int run_speedscope(Target& target, const Arguments& arguments, const std::string& path, std::uint64_t seconds) {
  const diagnostics::SessionWish wish = session_for(target, arguments);
  OutputFile file(path);
  diagnostics::Samples samples;
  diagnostics::NettraceReader reader(samples);
  record(target, wish, seconds, arguments.has("port"), [&](std::string_view bytes) { reader.feed(bytes); });
  std::ostringstream text;
  write_speedscope(samples, target.title(), text);
  file.write(text.str());
  file.keep();
  return report(path, reader.is_complete(), text.str().size(), reader.lost_events(), "");
}

int run(const Arguments& arguments) {
  const std::string format = arguments.one_of("format", {"nettrace", "speedscope"});
  const std::uint64_t seconds = arguments.seconds("duration", 30);
  if (!arguments.has("output")) throw Misuse("where to? give --output FILE");
  const std::string path = arguments.text("output");
  Target target(arguments);
  std::cerr << "recording " << target.title() << " for " << seconds << " s; Ctrl-C ends it earlier\n";
  return format == "nettrace" ? run_nettrace(target, arguments, path, seconds)
                              : run_speedscope(target, arguments, path, seconds);
}

std::string profile_list() {
  std::vector<std::vector<std::string>> rows;
  for (const Profile& profile : profiles())
    rows.push_back({"  " + std::string(profile.name) + (profile.also.empty() ? "" : ", " + std::string(profile.also)),
                    std::string(profile.summary)});
  return "Profiles:\n" + table(rows, {false, false}) +
         "The file is valid to its last byte whatever ends the recording: the time, Ctrl-C, SIGTERM, or the process's "
         "own "
         "end.";
}

}  // namespace

Command trace_command() {
  static const std::string details = profile_list();
  return {"trace",
          "",
          "record the events of a process into a .nettrace file",
          details,
          0,
          with_target({{"output", 'o', "FILE", "The file; - for standard output"},
                       {"duration", 'd', "TIME", "How long; default: 30s"},
                       {"profile", '\0', "NAME", "What to record; default: sampled"},
                       {"provider", '\0', "NAME:KEYWORDS:LEVEL:ARGS",
                        "A provider instead of a profile, or beside one; may repeat"},
                       {"no-rundown", '\0', "", "Leave the names of methods out: a smaller file, a quicker end"},
                       {"buffer", '\0', "MB", "The session's buffer, in the memory of the process; default: 256"},
                       {"format", '\0', "FORMAT", "nettrace or speedscope (samples only); default: nettrace"},
                       yes_option}),
          run};
}

}  // namespace dotdiag::collect
