#include "collect/relay.hpp"

#include "collect/interrupt.hpp"
#include "collect/progress.hpp"
#include "core/diagnostics/descriptor.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/transfer/frame_writer.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>

namespace dotdiag::collect {
namespace {

using Clock = std::chrono::steady_clock;
using diagnostics::Descriptor;
using transfer::FrameKind;

constexpr auto between_beats = std::chrono::seconds(1);
/// For the command to clean up behind it, once nobody listens.
constexpr auto to_clean_up = std::chrono::seconds(10);
/// What waits for a slow reader: the command waits, too, beyond that.
constexpr std::size_t most_waiting = 1u << 20;
/// The exit code of a command that nobody listened to until its end, whatever it had to say.
constexpr int interrupted = 130;

[[noreturn]] void fail() {
  throw diagnostics::Failure(diagnostics::FailureKind::unsuitable,
                             std::string("the command cannot be started: ") + std::strerror(errno));
}

struct Pipe {
  Descriptor out, in;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail();
    out = Descriptor(ends[0]);
    in = Descriptor(ends[1]);
  }
};

/// While the command is started: our own handler would only note a signal, and the command never hear of it.
class SignalsHeldBack {
 public:
  SignalsHeldBack() {
    sigset_t all;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before_);
  }
  SignalsHeldBack(const SignalsHeldBack&) = delete;
  SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;
  ~SignalsHeldBack() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

  /// In the child: they do what they do to any program, until it has handlers of its own.
  void let_kill() const {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
      ::signal(signal, SIG_DFL);
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t before_;
};

class Relay {
 public:
  explicit Relay(const std::vector<std::string>& words)
      : frames_([this](std::string_view bytes) { waiting_ += bytes; }), pid_(start(words)) {
    ::fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK);
  }
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;
  ~Relay() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  int run() {
    while (!is_over() && (out_.out || err_.out || progress_.out))
      serve();
    const int ended = end_of_command();
    const int code = is_deserted_ ? interrupted : ended;
    frames_.finish(code);
    while (!waiting_.empty() && !is_over())
      serve();
    return code;
  }

 private:
  pid_t start(const std::vector<std::string>& words) {
    const pid_t parent = ::getpid();
    const SignalsHeldBack signals;
    const pid_t pid = ::fork();
    if (pid < 0) fail();
    if (pid == 0) become(words, parent, signals);
    out_.in = Descriptor();
    err_.in = Descriptor();
    progress_.in = Descriptor();
    return pid;
  }

  /// In the child.
  [[noreturn]] void become(const std::vector<std::string>& words, pid_t parent, const SignalsHeldBack& signals) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(1);
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(out_.in.get(), STDOUT_FILENO);
    ::dup2(err_.in.get(), STDERR_FILENO);
    const int progress = ::dup(progress_.in.get());  // a copy that the program keeps
    ::setenv(progress_variable, std::to_string(progress).c_str(), 1);
    signals.let_kill();
    std::vector<std::string> command = words;
    command.insert(command.begin(), "dotdiag-collect");
    std::vector<char*> pointers;
    for (std::string& word : command)
      pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv("/proc/self/exe", pointers.data());
    ::_exit(127);
  }

  /// Waits for whatever comes next, at most until the next beat.
  void serve() {
    const bool reads = waiting_.size() < most_waiting || is_deserted_;
    std::array<pollfd, 5> ends = {{{reads ? out_.out.get() : -1, POLLIN, 0},
                                   {reads ? err_.out.get() : -1, POLLIN, 0},
                                   {reads ? progress_.out.get() : -1, POLLIN, 0},
                                   {is_deserted_ ? -1 : STDIN_FILENO, POLLIN, 0},
                                   {waiting_.empty() ? -1 : STDOUT_FILENO, POLLOUT, 0}}};
    ::poll(ends.data(), ends.size(), 200);
    if (ends[0].revents != 0) pass_on(out_, FrameKind::data);
    if (ends[1].revents != 0) pass_on(err_, FrameKind::message);
    if (ends[2].revents != 0) pass_on(progress_, FrameKind::progress);
    if (ends[3].revents != 0) hold_on();
    if (ends[4].revents != 0) flush();
    if (is_interrupted()) desert();
    beat();
  }

  void pass_on(Pipe& pipe, FrameKind kind) {
    std::array<char, 65536> buffer{};
    const ssize_t count = ::read(pipe.out.get(), buffer.data(), buffer.size());
    if (count == 0 || (count < 0 && errno != EINTR)) pipe.out = Descriptor();
    // What nobody wants any longer is thrown away, so that the command is not held up where it cleans up.
    const bool is_wanted = kind != FrameKind::data || !is_deserted_;
    if (count > 0 && is_wanted) frames_.write(kind, {buffer.data(), static_cast<std::size_t>(count)});
  }

  /// Is our reader still there? What it says is nothing to us.
  void hold_on() {
    std::array<char, 256> ignored{};
    const ssize_t count = ::read(STDIN_FILENO, ignored.data(), ignored.size());
    if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) desert();
  }

  void flush() {
    const ssize_t count = ::write(STDOUT_FILENO, waiting_.data(), waiting_.size());
    if (count > 0) waiting_.erase(0, static_cast<std::size_t>(count));
    if (count >= 0 || errno == EAGAIN || errno == EINTR) return;
    waiting_.clear();
    desert();
  }

  void desert() {
    if (is_deserted_) return;
    is_deserted_ = true;
    give_up_at_ = Clock::now() + to_clean_up;
    if (pid_ > 0) ::kill(pid_, SIGTERM);
  }

  bool is_over() const { return is_deserted_ && Clock::now() >= give_up_at_; }

  void beat() {
    if (Clock::now() < next_beat_) return;
    next_beat_ = Clock::now() + between_beats;
    if (waiting_.empty()) frames_.write(FrameKind::beat, {});
  }

  /// It has closed its outputs, or is out of time.
  int end_of_command() {
    if (is_over()) ::kill(pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  std::string waiting_;  ///< for our reader
  transfer::FrameWriter frames_;
  Pipe out_, err_, progress_;
  pid_t pid_ = -1;
  bool is_deserted_ = false;
  Clock::time_point give_up_at_;
  Clock::time_point next_beat_;
};

}  // namespace

int relay(const std::vector<std::string>& words) {
  return Relay(words).run();
}

}  // namespace dotdiag::collect
