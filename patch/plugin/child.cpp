#include "patch/plugin/child.hpp"

#include "core/document/error.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

extern char** environ;

namespace dotdiag {
namespace {

[[noreturn]] void fail(int error) {
  throw InputError("kubectl", {}, std::string("cannot be run: ") + std::strerror(error),
                   "install kubectl and see to it that it is in PATH");
}

/// Which of our descriptors become standard ones of the program that is started.
class Redirections {
 public:
  explicit Redirections(const Child::Pipes* pipes) {
    ::posix_spawn_file_actions_init(&actions_);
    if (pipes == nullptr) return;
    add(pipes->in.read_end(), STDIN_FILENO);
    add(pipes->out.write_end(), STDOUT_FILENO);
    add(pipes->err.write_end(), STDERR_FILENO);
  }
  Redirections(const Redirections&) = delete;
  Redirections& operator=(const Redirections&) = delete;
  ~Redirections() { ::posix_spawn_file_actions_destroy(&actions_); }

  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  void add(int from, int to) { ::posix_spawn_file_actions_adddup2(&actions_, from, to); }

  posix_spawn_file_actions_t actions_;
};

pid_t spawn(std::vector<std::string>& command, const Redirections& redirections) {
  std::vector<char*> argv;
  for (std::string& word : command)
    argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t pid = -1;
  if (const int error = ::posix_spawnp(&pid, argv[0], redirections.get(), nullptr, argv.data(), environ); error != 0)
    fail(error);
  return pid;
}

}  // namespace

Pipe::Pipe() {
  if (::pipe2(ends_.data(), O_CLOEXEC) != 0) fail(errno);
}

Pipe::~Pipe() {
  close_end(0);
  close_end(1);
}

void Pipe::close_end(std::size_t index) {
  if (ends_[index] >= 0) ::close(ends_[index]);
  ends_[index] = -1;
}

Child::Child(std::vector<std::string> command, Pipes* pipes) {
  // One that ends early must not take us along when we write to it.
  ::signal(SIGPIPE, SIG_IGN);
  pid_ = spawn(command, Redirections(pipes));
  if (pipes == nullptr) return;
  pipes->in.close_read_end();
  pipes->out.close_write_end();
  pipes->err.close_write_end();
  ::fcntl(pipes->in.write_end(), F_SETFL, O_NONBLOCK);
}

Child::~Child() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  wait();
}

void Child::terminate() const {
  if (pid_ > 0) ::kill(pid_, SIGTERM);
}

int Child::wait() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace dotdiag
