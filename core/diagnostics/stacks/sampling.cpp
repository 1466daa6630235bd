#include "core/diagnostics/stacks/sampling.hpp"

#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/nettrace/nettrace_reader.hpp"
#include "core/diagnostics/trace_session.hpp"

namespace dotdiag::diagnostics {

SessionWish sampling_session(std::uint32_t buffer_mb) {
  SessionWish wish;
  wish.buffer_mb = buffer_mb;
  wish.rundown = rundown_methods;
  wish.providers = {
      {std::string(sample_provider), 0, 4, {}},
      {std::string(runtime_provider), compiled_method_keywords, compiled_method_level, {}},
  };
  return wish;
}

void sample_threads(Client& client, const RuntimeVersion& version, const SamplingWish& wish, Samples& samples,
                    const std::function<bool()>& keep_on) {
  NettraceReader reader(samples);
  TraceSession session(client, version, sampling_session(wish.buffer_mb),
                       [&](std::string_view bytes) { reader.feed(bytes); });
  const Deadline deadline = Deadline::in(wish.patience);
  while (!session.wait(std::chrono::milliseconds(20)) && samples.rounds() < wish.rounds && keep_on())
    if (deadline.has_passed()) break;
  session.stop();
  session.finish(wish.silence);
  if (samples.threads().empty())
    throw Failure(
        FailureKind::timed_out,
        "the process gave no sample of any thread: it is too busy, or it has no managed threads (NativeAOT has "
        "no sampler): try again");
}

}  // namespace dotdiag::diagnostics
