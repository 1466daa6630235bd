// Runs kubectl: the plugin's only way to the cluster, so that it acts in the user's own context and with the user's own
// rights. Arguments go to it as they are; no shell reads them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// How a run ended. `exit_code` is 128 + the signal's number where a signal ended it.
struct KubectlResult {
  int exit_code = -1;
  std::string out;
  std::string err;
  bool succeeded() const { return exit_code == 0; }
};

class Kubectl {
 public:
  /// `globals` go before everything else: `--context=prod`, `--namespace=shop`.
  explicit Kubectl(std::vector<std::string> globals) : globals_(std::move(globals)) {}

  /// Runs kubectl with `input` on its standard input, and waits. Throws InputError where there is no kubectl.
  KubectlResult run(const std::vector<std::string>& arguments, std::string_view input = {}) const;

  /// Runs kubectl in the user's own terminal, and answers its exit code.
  int run_in_terminal(const std::vector<std::string>& arguments) const;

  /// The whole command line, `kubectl` first.
  std::vector<std::string> command(const std::vector<std::string>& arguments) const;

 private:
  std::vector<std::string> globals_;
};

}  // namespace dotdiag
