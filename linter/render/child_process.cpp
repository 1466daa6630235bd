#include "linter/render/child_process.hpp"

#include "core/document/utf.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace dotdiag {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_error_bytes = 1 << 16;
constexpr int cannot_execute = 127;

/// Both ends of a pipe; each is closed once.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void close_read_end() { close_end(0); }
  void close_write_end() { close_end(1); }

 private:
  void close_end(std::size_t index) {
    if (ends_[index] >= 0) ::close(ends_[index]);
    ends_[index] = -1;
  }
  std::array<int, 2> ends_ = {-1, -1};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts)
    result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// What happens between fork and exec: only calls that are safe there, because other threads hold locks that nobody
/// will open any more.
[[noreturn]] void become(char* const* argv, char* const* environment, int out, int err) {
  ::setsid();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // it must not outlive us, whatever ends us
  // A network of its own has no way out. Without privileges that takes a user namespace too; where both are forbidden,
  // the environment has to do.
  if (::unshare(CLONE_NEWNET) != 0) static_cast<void>(::unshare(CLONE_NEWUSER | CLONE_NEWNET));
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing >= 0) ::dup2(nothing, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::signal(SIGPIPE, SIG_DFL);
  ::execve(argv[0], argv, environment);
  ::_exit(cannot_execute);
}

/// Reads what is there, and keeps no more than `most`; closes the pipe at its end. False where there is more than that.
bool drain(Pipe& pipe, std::string& text, std::size_t most) {
  std::array<char, 65536> buffer;
  const ssize_t count = ::read(pipe.read_end(), buffer.data(), buffer.size());
  if (count > 0)
    text.append(buffer.data(), std::min(static_cast<std::size_t>(count), most - std::min(most, text.size())));
  if (count == 0 || (count < 0 && errno != EINTR)) pipe.close_read_end();
  return text.size() < most;
}

/// A child that was started, with the group that it leads.
class Child {
 public:
  Child(const std::vector<std::string>& command, const std::vector<std::string>& environment) {
    std::vector<std::string> words = command;
    std::vector<std::string> variables = environment;
    const std::vector<char*> argv = pointers(words);
    const std::vector<char*> environ = pointers(variables);
    pid_ = ::fork();
    if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (pid_ == 0) become(argv.data(), environ.data(), out_.write_end(), err_.write_end());
    out_.close_write_end();
    err_.close_write_end();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { end(); }

  ChildResult run(const ChildLimits& limits) {
    ChildResult result;
    const auto deadline = Clock::now() + limits.time;
    while (result.problem.empty() && !is_done()) {
      if (Clock::now() >= deadline)
        result.problem = "did not end within " + std::to_string(limits.time.count() / 1000) + " s";
      else if (!serve(result, limits.bytes))
        result.problem = "wrote more than " + std::to_string(limits.bytes >> 20) + " MiB";
    }
    result.exit_code = end();
    if (result.problem.empty() && result.exit_code == cannot_execute && result.err.empty())
      result.problem = "cannot be started";
    return result;
  }

 private:
  /// True once it has ended, and all that it wrote was read. What it left behind may hold the pipes open for ever: then
  /// that nothing more comes is enough.
  bool is_done() {
    const bool is_open = out_.read_end() >= 0 || err_.read_end() >= 0;
    return has_ended() && (!is_open || is_quiet_);
  }

  /// Waits a moment for something to read. False where more was written than may be.
  bool serve(ChildResult& result, std::size_t most) {
    constexpr int moment = 20;  // ms; a negative descriptor is passed over, so with both ends closed this just waits
    std::array<pollfd, 2> ends = {{{out_.read_end(), POLLIN, 0}, {err_.read_end(), POLLIN, 0}}};
    is_quiet_ = ::poll(ends.data(), ends.size(), moment) <= 0;
    bool fits = true;
    if (ends[0].revents != 0) fits = drain(out_, result.out, most);
    if (ends[1].revents != 0) drain(err_, result.err, most_error_bytes);
    return fits;
  }

  /// Looks and leaves it a zombie, so that its number, which is its group's too, stays its own until end().
  bool has_ended() const {
    siginfo_t state = {};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &state, WEXITED | WNOHANG | WNOWAIT) == 0 && state.si_pid == pid_;
  }

  /// Kills what is left: the child leads its session, and what it starts is in its group unless it takes pains. Its
  /// exit code.
  int end() {
    if (pid_ < 0) return -1;
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);  // it may not lead yet
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  Pipe out_, err_;
  pid_t pid_ = -1;
  bool is_quiet_ = false;
};

}  // namespace

std::optional<std::string> find_program(std::string_view name) {
  const char* variable = std::getenv("PATH");
  std::string_view path = variable == nullptr ? "" : variable;
  while (!path.empty()) {
    const std::size_t colon = std::min(path.find(':'), path.size());
    const std::filesystem::path file = std::filesystem::path(path.substr(0, colon)) / name;
    std::error_code ignored;
    if (colon > 0 && std::filesystem::is_regular_file(file, ignored) && ::access(file.c_str(), X_OK) == 0)
      return std::filesystem::absolute(file, ignored).string();
    path.remove_prefix(std::min(colon + 1, path.size()));
  }
  return std::nullopt;
}

ChildResult run_child(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                      const ChildLimits& limits) {
  try {
    return Child(command, environment).run(limits);
  } catch (const std::system_error& error) {
    ChildResult result;
    result.problem = std::string("cannot be started: ") + error.what();
    return result;
  }
}

std::string complaint(std::string_view text) {
  // kubectl may write it as a line of a log, with time and process in it.
  const bool is_log = text.find("] \"command failed\" err=") != std::string_view::npos;
  for (const std::string_view title : {"error: ", "Error: ", "\"command failed\" err=\""})
    if (const std::size_t at = text.find(title); at != std::string_view::npos) text.remove_prefix(at + title.size());
  std::string_view line = text.substr(0, text.find('\n'));
  if (is_log && line.ends_with('"')) line.remove_suffix(1);
  // Of what kustomize goes through, the innermost says what is wrong.
  constexpr std::string_view within = "accumulation of path '";
  if (const std::size_t at = line.rfind(within); at != std::string_view::npos)
    if (const std::size_t end = line.find("': ", at); end != std::string_view::npos) line.remove_prefix(end + 3);
  constexpr std::size_t most = 300;
  return shortened(line, most);
}

}  // namespace dotdiag
