// Rules: what goes wrong with a pod, or with a debugger meant for it, beyond what a policy could add.
//
// A requirement can be added; a rule judges what nobody but the author can decide. One rule is one file in
// core/policy/rules: its text stands beside its check, and explanations and the rule reference are printed from there.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/edit/edit.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/image_facts.hpp"
#include "core/policy/policy.hpp"
#include "core/policy/severity.hpp"
#include "core/policy/surroundings.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dotdiag {

/// A place where a rule fires.
struct Hazard {
  std::string container;                  ///< the container's name; empty where the pod as a whole is meant
  Pointer at;                             ///< in the pod's document; of a debugger that is judged, in the debugger's
  std::string message;                    ///< what goes wrong, one sentence without a full stop
  std::string remedy;                     ///< what to do, an imperative without a full stop
  std::optional<Severity> severity = {};  ///< where it differs from the rule's own
  Edits fix = {};                         ///< mends it, see is_safe(); empty where only a person can say what is right
  std::string instead_of = {};  ///< the id of a requirement whose finding about this container says the same, but less
  bool rules_out = false;       ///< true where to add what that requirement asks for would do harm
};

/// True where `fix` takes nothing away from what a person wrote. Others are made only where that is asked for.
bool is_safe(const Edits& fix);

/// A container that somebody wants to add to the pod while it runs. Its path leads into its own document.
struct Debugger : ContainerView {
  enum class Form {
    ephemeral_container,  ///< an item of spec.ephemeralContainers, as the API server gets it
    custom_profile,       ///< a file for `kubectl debug --custom`: name and image stand on the command line
  };
  Form form = Form::ephemeral_container;
};

struct Subject;

/// What several rules ask of one subject, each worked out when it is first asked for.
class Answers {
 public:
  template <typename Answer>
  const Answer& of(Answer (*question)(const Subject&), const Subject& subject) {
    const auto key = reinterpret_cast<Key>(question);
    for (const auto& [known, answer] : answers_)
      if (known == key) return *static_cast<const Answer*>(answer.get());
    const auto answer = std::make_shared<const Answer>(question(subject));  // may ask on
    answers_.emplace_back(key, answer);
    return *answer;
  }

 private:
  using Key = void (*)();
  std::vector<std::pair<Key, std::shared_ptr<const void>>> answers_;
};

/// What rules look at: a pod that was evaluated, and where it will run. Good for one state of the pod's document.
struct Subject {
  const PodView& pod;  ///< as it will run: as it is written, or with what the webhook adds
  const std::vector<const Policy*>& policies;
  const Evaluation& evaluation;
  const Surroundings& surroundings;
  const Debugger* debugger = nullptr;   ///< what is judged, if it is not the pod itself
  const KnownImages* images = nullptr;  ///< what the sources of the containers' images say, where they were read
  mutable Answers answers = {};

  /// The answer of `question` about this subject: the same question is worked out once.
  template <typename Answer>
  const Answer& ask(Answer (*question)(const Subject&)) const {
    return answers.of(question, *this);
  }
  /// The containers that are to be made diagnosable. Empty where the evaluation failed.
  const std::vector<ContainerView>& targets() const;
  /// What is known of the container's image; nullptr where its sources were not read.
  const ImageFacts* facts_of(const ContainerView& container) const;
  /// The target that the debugger is for: the one it names, else the first. Nothing where there is none.
  std::optional<ContainerView> debugger_target() const;
  /// The id of an unmet requirement of `kind` in `container`, for Hazard::instead_of; empty where there is none.
  std::string unmet(const ContainerView& container, std::string_view kind) const;
};

struct Rule {
  /// What a rule judges.
  enum class Scope {
    pod,
    debugger,
    monitor,  ///< dotnet-monitor, be it a container of the pod or a debugger
    any,      ///< the pod itself, and a debugger too
  };
  std::string_view id;
  Severity severity;
  Scope scope;
  std::string_view summary;  ///< what is wrong, in half a sentence
  std::string_view why;      ///< what the user would meet
  std::string_view fix;      ///< how to get rid of it
  std::string_view source;   ///< where it is documented
  std::vector<Hazard> (*check)(const Subject& subject);
};

/// All rules, by id.
const std::vector<const Rule*>& rules();

/// The rule with that id, or nullptr.
const Rule* find_rule(std::string_view id);

/// A rule with one of its hazards.
struct Fired {
  const Rule* rule;
  Hazard hazard;
  Severity severity() const { return hazard.severity.value_or(rule->severity); }
};

/// What fires on the subject, the worst first, of the rules whose scope it is.
std::vector<Fired> check_rules(const Subject& subject);

}  // namespace dotdiag
