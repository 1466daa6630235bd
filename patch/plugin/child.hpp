// A program that runs beside us, and the pipes to it.
#pragma once

#include <sys/types.h>

#include <array>
#include <string>
#include <vector>

namespace dotdiag {

/// Both ends of a pipe; each is closed once.
class Pipe {
 public:
  /// Throws InputError where the machine has none left.
  Pipe();
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe();

  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void close_read_end() { close_end(0); }
  void close_write_end() { close_end(1); }

 private:
  void close_end(std::size_t index);

  std::array<int, 2> ends_ = {-1, -1};
};

/// Killed, if it still runs, when this goes out of scope: nobody would read what it says.
class Child {
 public:
  /// Where its standard input, output and error are pipes of ours.
  struct Pipes {
    Pipe in, out, err;
  };

  /// Runs `command`, looked up in PATH; with `pipes` over these, else in our own terminal. Throws InputError where it
  /// cannot be run.
  explicit Child(std::vector<std::string> command, Pipes* pipes = nullptr);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  void terminate() const;
  /// Waits for its end and answers its exit code; 128 + the signal's number where a signal ended it.
  int wait();

 private:
  pid_t pid_ = -1;
};

}  // namespace dotdiag
