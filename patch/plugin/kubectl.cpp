#include "patch/plugin/kubectl.hpp"

#include "core/document/error.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

extern char** environ;

namespace dotdiag {
namespace {

[[noreturn]] void fail(int error) {
  throw InputError("kubectl", {}, std::string("cannot be run: ") + std::strerror(error),
                   "install kubectl and see to it that it is in PATH");
}

/// Both ends of a pipe; each is closed once.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) fail(errno);
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

/// Writes as much as fits; closes the pipe where all is written or nobody reads.
void feed(Pipe& pipe, std::string_view& input) {
  const ssize_t count = ::write(pipe.write_end(), input.data(), input.size());
  if (count > 0) input.remove_prefix(static_cast<std::size_t>(count));
  const bool is_broken = count < 0 && errno != EAGAIN && errno != EINTR;
  if (input.empty() || is_broken) pipe.close_write_end();
}

/// Reads what is there; closes the pipe at its end.
void drain(Pipe& pipe, std::string& text) {
  char buffer[65536];
  const ssize_t count = ::read(pipe.read_end(), buffer, sizeof buffer);
  if (count > 0) text.append(buffer, static_cast<std::size_t>(count));
  if (count == 0 || (count < 0 && errno != EINTR)) pipe.close_read_end();
}

/// Serves the three pipes until kubectl has closed its own ends of them: reading only after writing could block both.
void exchange(Pipe& in, Pipe& out, Pipe& err, std::string_view input, KubectlResult& result) {
  if (input.empty()) in.close_write_end();
  while (out.read_end() >= 0 || err.read_end() >= 0) {
    std::array<pollfd, 3> ends = {
        {{in.write_end(), POLLOUT, 0}, {out.read_end(), POLLIN, 0}, {err.read_end(), POLLIN, 0}}};
    if (::poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) fail(errno);
    if (ends[0].fd >= 0 && ends[0].revents != 0) feed(in, input);
    if (ends[1].fd >= 0 && ends[1].revents != 0) drain(out, result.out);
    if (ends[2].fd >= 0 && ends[2].revents != 0) drain(err, result.err);
  }
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Which of our descriptors become standard ones of the program that is started.
class Redirections {
 public:
  Redirections() { ::posix_spawn_file_actions_init(&actions_); }
  Redirections(const Redirections&) = delete;
  Redirections& operator=(const Redirections&) = delete;
  ~Redirections() { ::posix_spawn_file_actions_destroy(&actions_); }

  void add(int from, int to) { ::posix_spawn_file_actions_adddup2(&actions_, from, to); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

pid_t spawn(std::vector<std::string> command, const posix_spawn_file_actions_t* actions) {
  std::vector<char*> argv;
  for (std::string& word : command)
    argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t pid = -1;
  if (const int error = ::posix_spawnp(&pid, argv[0], actions, nullptr, argv.data(), environ); error != 0) fail(error);
  return pid;
}

}  // namespace

std::vector<std::string> Kubectl::command(const std::vector<std::string>& arguments) const {
  std::vector<std::string> words = {"kubectl"};
  words.insert(words.end(), globals_.begin(), globals_.end());
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

KubectlResult Kubectl::run(const std::vector<std::string>& arguments, std::string_view input) const {
  // A kubectl that ends early must not take us along when we write to it.
  ::signal(SIGPIPE, SIG_IGN);
  Pipe in, out, err;
  Redirections redirections;
  redirections.add(in.read_end(), STDIN_FILENO);
  redirections.add(out.write_end(), STDOUT_FILENO);
  redirections.add(err.write_end(), STDERR_FILENO);
  const pid_t pid = spawn(command(arguments), redirections.get());
  in.close_read_end();
  out.close_write_end();
  err.close_write_end();
  ::fcntl(in.write_end(), F_SETFL, O_NONBLOCK);

  KubectlResult result;
  exchange(in, out, err, input, result);
  result.exit_code = wait_for(pid);
  return result;
}

int Kubectl::run_in_terminal(const std::vector<std::string>& arguments) const {
  return wait_for(spawn(command(arguments), nullptr));
}

}  // namespace dotdiag
