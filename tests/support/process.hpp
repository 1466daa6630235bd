// Runs programs from tests: our own as a user would, and others (curl, openssl, kubectl) as witnesses.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace dotdiag::test {

/// The Python for which setup installs the second opinions of the tests; another one in PATH would not have them.
constexpr std::string_view system_python = "/usr/bin/python3";

struct ProcessOptions {
  std::string input = {};                     ///< standard input
  std::vector<std::string> environment = {};  ///< `NAME=value`, on top of the test's own environment; wins over it
  std::string directory = {};                 ///< where to run; empty: where the test runs
  std::chrono::milliseconds timeout = std::chrono::seconds(60);  ///< for run_process: killed after this
};

/// How a program ended and what it said. `exit_code` is 128 + the signal's number where a signal ended it.
struct ProcessResult {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// A program that is running; killed (that one process only) when this goes out of scope.
///
/// Standard input, output and error are files in memory, not pipes: nothing can block, and what was written so far can
/// be read while the program runs.
class Process {
 public:
  /// Starts `argv[0]` (looked up in PATH). Throws where it cannot be started.
  explicit Process(const std::vector<std::string>& argv, const ProcessOptions& options = {}) {
    write_input(options.input);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in_.fd, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out_.fd, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err_.fd, STDERR_FILENO);
    if (!options.directory.empty()) posix_spawn_file_actions_addchdir_np(&actions, options.directory.c_str());
    std::vector<std::string> environment = merged_environment(options.environment);
    std::vector<std::string> arguments = argv;
    const int error = posix_spawnp(&pid_, argv.at(0).c_str(), &actions, nullptr, pointers(arguments).data(),
                                   pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::system_error(error, std::generic_category(), "cannot run " + argv[0]);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    if (exit_code_) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  /// What it wrote so far.
  std::string out() const { return out_.text(); }
  std::string err() const { return err_.text(); }
  pid_t pid() const { return pid_; }

  void signal(int number) const {
    if (!exit_code_) ::kill(pid_, number);
  }

  /// True where it ended within `timeout`.
  bool wait(std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (!ended()) {
      if (std::chrono::steady_clock::now() >= deadline) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
  }

  /// Its result; only after wait() said true.
  ProcessResult result() const { return {exit_code_.value(), out(), err()}; }

 private:
  struct MemoryFile {
    int fd = ::memfd_create("test", MFD_CLOEXEC);
    ~MemoryFile() { ::close(fd); }
    std::string text() const {
      std::string text;
      char buffer[65536];
      for (ssize_t count = 0; (count = ::pread(fd, buffer, sizeof buffer, static_cast<off_t>(text.size()))) > 0;)
        text.append(buffer, static_cast<std::size_t>(count));
      return text;
    }
  };

  void write_input(std::string_view text) {
    while (!text.empty()) {
      const ssize_t count = ::write(in_.fd, text.data(), text.size());
      if (count < 0) throw std::system_error(errno, std::generic_category(), "cannot keep the input");
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    ::lseek(in_.fd, 0, SEEK_SET);
  }

  static std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts)
      result.push_back(text.data());
    result.push_back(nullptr);
    return result;
  }

  static std::vector<std::string> merged_environment(const std::vector<std::string>& changes) {
    std::vector<std::string> result = changes;
    for (char** entry = ::environ; *entry != nullptr; ++entry) {
      const std::string_view own = *entry;
      const std::string_view name = own.substr(0, own.find('=') + 1);
      bool is_replaced = false;
      for (const std::string& change : changes)
        is_replaced |= std::string_view(change).starts_with(name);
      if (!is_replaced) result.emplace_back(own);
    }
    return result;
  }

  bool ended() {
    if (exit_code_) return true;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return false;
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
  }

  MemoryFile in_, out_, err_;
  pid_t pid_ = -1;
  std::optional<int> exit_code_;
};

/// Runs `argv` to its end. Throws where it cannot be started or takes longer than `options.timeout` (it is then
/// killed).
inline ProcessResult run_process(const std::vector<std::string>& argv, const ProcessOptions& options = {}) {
  Process process(argv, options);
  if (process.wait(options.timeout)) return process.result();
  throw std::runtime_error(argv[0] + " did not end in time; it wrote: " + process.out() + process.err());
}

}  // namespace dotdiag::test
