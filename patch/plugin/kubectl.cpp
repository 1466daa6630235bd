#include "patch/plugin/kubectl.hpp"

#include "patch/plugin/child.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace dotdiag {
namespace {

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
void exchange(Child::Pipes& pipes, std::string_view input, KubectlResult& result) {
  auto& [in, out, err] = pipes;
  if (input.empty()) in.close_write_end();
  while (out.read_end() >= 0 || err.read_end() >= 0) {
    std::array<pollfd, 3> ends = {
        {{in.write_end(), POLLOUT, 0}, {out.read_end(), POLLIN, 0}, {err.read_end(), POLLIN, 0}}};
    if (::poll(ends.data(), ends.size(), -1) < 0) continue;  // a signal: nothing is known of the ends
    if (ends[0].fd >= 0 && ends[0].revents != 0) feed(in, input);
    if (ends[1].fd >= 0 && ends[1].revents != 0) drain(out, result.out);
    if (ends[2].fd >= 0 && ends[2].revents != 0) drain(err, result.err);
  }
}

}  // namespace

std::vector<std::string> Kubectl::command(const std::vector<std::string>& arguments) const {
  std::vector<std::string> words = {"kubectl"};
  words.insert(words.end(), globals_.begin(), globals_.end());
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

KubectlResult Kubectl::run(const std::vector<std::string>& arguments, std::string_view input) const {
  Child::Pipes pipes;
  Child child(command(arguments), &pipes);
  KubectlResult result;
  exchange(pipes, input, result);
  result.exit_code = child.wait();
  return result;
}

int Kubectl::run_in_terminal(const std::vector<std::string>& arguments) const {
  return Child(command(arguments)).wait();
}

}  // namespace dotdiag
