#include "patch/plugin/fetch/exec_stream.hpp"

#include "patch/plugin/child.hpp"
#include "patch/plugin/interruption.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>

namespace dotdiag {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int tick_milliseconds = 200;
/// For the program in the pod to end once we let go: it ends the dump that is being written, too.
constexpr auto to_end_there = std::chrono::seconds(12);
/// For kubectl to end once its output is closed.
constexpr int most_waits_for_end = 25;

class Stream {
 public:
  Stream(const Kubectl& kubectl, const StreamWish& wish)
      : wish_(wish), child_(kubectl.command(wish.arguments), &pipes_), last_(Clock::now()) {}

  StreamEnd run() {
    while (pipes_.out.read_end() >= 0 && !end_) {
      serve();
      if (!wish_.tick()) return let_go(StreamEnd::too_long);
      if (interruption() != 0) return let_go(StreamEnd::interrupted);
      if (Clock::now() - last_ > wish_.patience) return StreamEnd::stalled;
    }
    hear_the_rest();
    return end_.value_or(StreamEnd::closed);
  }

 private:
  void serve() {
    std::array<pollfd, 2> ends = {{{pipes_.out.read_end(), POLLIN, 0}, {pipes_.err.read_end(), POLLIN, 0}}};
    if (::poll(ends.data(), ends.size(), tick_milliseconds) < 0) return;
    if (ends[0].revents != 0) read(pipes_.out, wish_.take);
    if (ends[1].revents != 0) read(pipes_.err, [&](std::string_view bytes) { return wish_.complaint(bytes), true; });
  }

  void read(Pipe& pipe, const std::function<bool(std::string_view)>& take) {
    std::array<char, 65536> buffer{};
    const ssize_t count = ::read(pipe.read_end(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) return;
    if (count <= 0) return pipe.close_read_end();
    last_ = Clock::now();
    if (!end_ && !take({buffer.data(), static_cast<std::size_t>(count)})) end_ = StreamEnd::refused;
  }

  /// The other side is told by the end of its input, and may still say how it ended.
  StreamEnd let_go(StreamEnd end) {
    pipes_.in.close_write_end();
    const auto deadline = Clock::now() + to_end_there;
    while (pipes_.out.read_end() >= 0 && Clock::now() < deadline)
      serve();
    child_.terminate();
    return end;
  }

  /// Why kubectl ended stands on its standard error, which may come last.
  void hear_the_rest() {
    pipes_.in.close_write_end();
    for (int i = 0; i < most_waits_for_end && pipes_.err.read_end() >= 0 && interruption() == 0; ++i)
      serve();
  }

  const StreamWish& wish_;
  Child::Pipes pipes_;
  Child child_;
  Clock::time_point last_;
  std::optional<StreamEnd> end_;
};

}  // namespace

StreamEnd stream_exec(const Kubectl& kubectl, const StreamWish& wish) {
  return Stream(kubectl, wish).run();
}

}  // namespace dotdiag
