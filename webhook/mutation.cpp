#include "webhook/mutation.hpp"

#include "core/document/json_writer.hpp"
#include "core/document/pod_view.hpp"
#include "core/document/workload.hpp"
#include "core/edit/json_patch.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/opt_in.hpp"
#include "core/policy/rule.hpp"
#include "core/policy/words.hpp"
#include "webhook/due.hpp"
#include "webhook/warnings.hpp"

#include <algorithm>
#include <stdexcept>

namespace dotdiag {
namespace {

Outcome left_alone(std::string result, std::string reason) {
  Outcome outcome;
  outcome.result = std::move(result);
  outcome.reason = std::move(reason);
  return outcome;
}

Outcome skipped(Skip skip) {
  Outcome outcome = left_alone("skipped", std::move(skip.reason));
  outcome.skip_cause = skip.cause;
  return outcome;
}

std::string names_of(const std::vector<const Policy*>& policies) {
  std::vector<std::string_view> names;
  for (const Policy* policy : policies)
    names.push_back(policy->name);
  return joined(names, ",");
}

/// What the status annotation says: which policies went into which containers, and through which volumes a debugger
/// meets them. Nothing in it depends on time or version, so that equal objects get equal patches.
std::string status_of(const OptIn& opt_in, const Evaluation& evaluation, const Json& document) {
  std::string text = R"({"policies":)";
  append_array(text, opt_in.policies, [&](const Policy* policy) { append_quoted(text, policy->name); });
  text += R"(,"containers":)";
  append_array(text, evaluation.targets,
               [&](const Pointer& target) { append_quoted(text, text_member(*value_at(document, target), "name")); });
  text += R"(,"volumes":)";
  append_array(text, evaluation.volumes, [&](const SharedVolume& volume) {
    text += R"({"container":)";
    append_quoted(text, volume.container);
    text += R"(,"name":)";
    append_quoted(text, volume.volume);
    text += R"(,"path":)";
    append_quoted(text, volume.path);
    text += '}';
  });
  text += '}';
  return text;
}

/// Sets our own annotation, where it does not say so already and the object's metadata can hold it.
void set_annotation(Json& document, const Pointer& metadata, std::string_view key, const std::string& text,
                    Edits& edits) {
  const Pointer path = metadata / "annotations" / key;
  const Json* present = value_at(document, path);
  if ((present != nullptr && *present == text) || !can_hold(document, path)) return;
  edits.push_back(set_member(document, path, text));
  dotdiag::apply(document, edits.back());
}

OptIn read(const Json& object, const Workload& workload, const AdmissionSettings& settings) {
  return read_opt_in(PodView(object, workload), *settings.policies, settings.true_means, settings.by_default);
}

/// An object that is not opted in. Nothing is ever taken out of it again: what a person wrote there since cannot be
/// told from what was added. Its author should know that, once.
Outcome not_opted_in(const Json& request, const Workload& workload, OptIn::State state,
                     const AdmissionSettings& settings) {
  Outcome outcome = left_alone("unchanged", state == OptIn::State::out ? "it opted out" : "it did not opt in");
  const Json* old_object = member(request, "oldObject");
  const Pointer marker = workload.pod_metadata / "annotations" / annotation::injected;
  if (old_object == nullptr || value_at(request.at("object"), marker) == nullptr) return outcome;
  if (read(*old_object, workload, settings).state != OptIn::State::in) return outcome;
  outcome.warnings = {admission_warning("what was injected stays in the pod template",
                                        "to remove it, delete and re-create the object", "opt-in-removed")};
  return outcome;
}

/// One mutation of one object, from the opt-in to the proof.
class Mutation {
 public:
  Mutation(Json& object, const Workload& workload, const OptIn& opt_in, JsonReader& reader)
      : object_(object),
        workload_(workload),
        opt_in_(opt_in),
        reader_(reader),
        choices_(opt_in.choices),
        copy_(object) {
    choices_.applied_again = true;
  }

  Outcome run() {
    evaluation_ = evaluate(opt_in_.policies, copy_, workload_, choices_);
    Outcome outcome = left_alone("unchanged", "");
    const PodView pod(copy_, workload_);
    const Surroundings surroundings;  // the webhook asks nobody
    outcome.warnings = admission_warnings(evaluation_, check_rules({pod, opt_in_.policies, evaluation_, surroundings}));
    Edits edits = evaluation_.edits();
    if (!evaluation_.invalid.empty()) {
      outcome.reason = evaluation_.invalid;
      outcome.is_invalid = true;
    } else if (edits.empty()) {
      outcome.reason = "there is nothing to add";
    } else {
      annotate(edits);
      outcome.operations = edits.size();
      outcome.patch = write_json_patch(edits);
      prove(outcome);
    }
    return outcome;
  }

 private:
  void annotate(Edits& edits) {
    const std::string status = status_of(opt_in_, evaluation_, copy_);
    set_annotation(copy_, workload_.pod_metadata, annotation::injected, names_of(opt_in_.policies), edits);
    set_annotation(copy_, workload_.object / "metadata", annotation::status, status, edits);
  }

  /// A patch that does not apply is an error 500 for the user, even where the webhook may fail: rather none than that.
  void prove(Outcome& outcome) {
    try {
      apply_json_patch(object_, reader_.read(outcome.patch, "patch"));
    } catch (const std::runtime_error& error) {  // PatchError, or InputError where its text cannot be read
      return drop(outcome, error.what());
    }
    if (!same_document(object_, copy_)) return drop(outcome, "the patch does not lead to what was evaluated");
    if (!evaluate(opt_in_.policies, object_, workload_, choices_).edits().empty()) {
      return drop(outcome, "the patched object would be patched again");
    }
    outcome.result = "mutated";
  }

  static void drop(Outcome& outcome, const std::string& why) {
    outcome.patch.clear();
    outcome.operations = 0;
    outcome.result = "error";
    outcome.reason = "a bug in dotdiag: " + why;
  }

  Json& object_;  ///< as it came, until the patch is applied to it
  const Workload& workload_;
  const OptIn& opt_in_;
  JsonReader& reader_;
  Choices choices_;
  Json copy_;
  Evaluation evaluation_;
};

}  // namespace

Outcome decide_request(Json& request, const AdmissionSettings& settings, JsonReader& reader) {
  if (auto skip = reason_to_skip(request)) return skipped(*std::move(skip));
  Json& object = request.at("object");
  const auto workload = as_workload(object);
  if (!workload) return skipped({"not-a-workload", "it is no workload"});
  if (auto skip = reason_to_skip(request, *workload, settings.own_namespace)) return skipped(*std::move(skip));

  const OptIn opt_in = read(object, *workload, settings);
  if (!settings.by_default.empty() && !opt_in.by_default) return left_alone("unchanged", "its own annotation decides");
  if (opt_in.state != OptIn::State::in) return not_opted_in(request, *workload, opt_in.state, settings);
  if (!opt_in.invalid.empty()) {
    Outcome outcome = left_alone("unchanged", "an annotation's value is invalid");
    outcome.is_invalid = true;
    outcome.warnings = {admission_warning(opt_in.fault, "nothing was injected", "annotation-invalid")};
    return outcome;
  }
  Outcome outcome = Mutation(object, *workload, opt_in, reader).run();
  outcome.policies = names_of(opt_in.policies);
  return outcome;
}

}  // namespace dotdiag
