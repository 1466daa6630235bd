#include "core/ephemeral/dump_risks.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace dotdiag {
namespace {

constexpr std::array<std::string_view, 2> about_the_process = {"liveness-kills-during-dump",
                                                               "memory-limit-tight-for-dump"};
constexpr std::array<std::string_view, 3> about_room = {"emptydir-memory-medium", "emptydir-sizelimit-below-memory",
                                                        "ephemeral-storage-limit-too-small"};

/// Asks the rules themselves, not all that there are: the ways to a process are judged often.
class Asking {
 public:
  Asking(const Subject& subject, const ContainerView& target) : subject_(subject), target_(target) {}

  template <typename Rules>
  void ask(const Rules& rules) {
    for (const std::string_view id : rules) {
      const Rule* rule = find_rule(id);
      for (Hazard& hazard : rule->check(subject_)) {
        if (hazard.container.empty() || hazard.container == target_.name()) fired_.push_back({rule, std::move(hazard)});
      }
    }
  }

  std::vector<Fired> take() {
    std::stable_sort(fired_.begin(), fired_.end(),
                     [](const Fired& left, const Fired& right) { return left.severity() > right.severity(); });
    return std::move(fired_);
  }

 private:
  const Subject& subject_;
  const ContainerView& target_;
  std::vector<Fired> fired_;
};

}  // namespace

std::vector<Fired> dump_risks(const Policy& policy, DebuggerKind kind, const PodView& pod, const ContainerView& target,
                              const Evaluation& evaluation) {
  const std::vector<const Policy*> policies = {&policy};
  const Surroundings anywhere;
  const Subject subject{pod, policies, evaluation, anywhere};
  Asking asking(subject, target);
  asking.ask(about_the_process);
  if (kind == DebuggerKind::sdk) asking.ask(about_room);
  return asking.take();
}

}  // namespace dotdiag
