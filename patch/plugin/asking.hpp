// One question to one pod, from the look at it to the file on the disk.
#pragma once

#include "patch/plugin/outcome.hpp"
#include "patch/plugin/price.hpp"

#include <optional>

namespace dotdiag {

class Asking {
 public:
  Asking(const Question& question, const PluginSettings& settings, const Terminal& terminal)
      : question_(question), settings_(settings), terminal_(terminal), session_(settings, terminal) {}

  /// Answers as `ask` does.
  int run();

 private:
  int show_plan() const;
  int agree_on_price();
  int get();
  Fetched get_answer(const std::vector<std::string>& command, Destination& destination, int retries);
  bool is_worth_another(const Fetched& fetched) const;
  int verdict(const Fetched& fetched);
  std::vector<std::string> command() const;
  void say(const std::string& line) const { terminal_.err << plugin_prefix << line << '\n'; }

  const Question& question_;
  const PluginSettings& settings_;
  const Terminal& terminal_;
  Session session_;
  std::optional<std::string> file_;
};

}  // namespace dotdiag
