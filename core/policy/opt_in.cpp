#include "core/policy/opt_in.hpp"

#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// One annotation, wherever it counts: the workload's own wins over its pod template's.
struct Annotation {
  const Json* value = nullptr;
  Pointer at;
};

Annotation find_annotation(const PodView& pod, std::string_view key) {
  for (const Pointer& metadata : {pod.workload().object / "metadata", pod.workload().pod_metadata}) {
    const Json* annotations = value_at(pod.document(), metadata / "annotations");
    const Json* value = annotations == nullptr ? nullptr : member(*annotations, key);
    if (value != nullptr) return {value, metadata / "annotations" / key};
  }
  return {};
}

/// Reads the annotations one after the other; the first that makes no sense ends it.
class Reader {
 public:
  Reader(const PodView& pod, const PolicySet& policies, std::string_view true_means)
      : pod_(pod), policies_(policies), true_means_(true_means) {}

  /// Where nothing is said about opting in, the other annotations are read only with `also_others`.
  OptIn read(std::string_view by_default, bool also_others) {
    const Annotation own = find_annotation(pod_, annotation::inject);
    if (own.value != nullptr) return read_all(own, annotation::inject);
    if (by_default.empty()) return also_others ? read_others() : OptIn{};
    const Json of_namespace = by_default;
    opt_in_.by_default = true;
    return read_all({&of_namespace, pod_.workload().object}, inject_default_label);
  }

 private:
  OptIn read_all(const Annotation& inject, std::string_view key) {
    if (!read_inject(inject, key) || opt_in_.state != OptIn::State::in) return std::move(opt_in_);
    return read_others();
  }

  OptIn read_others() {
    for (const auto& [other, read_one] : others) {
      const Annotation found = find_annotation(pod_, other);
      if (found.value != nullptr && !(this->*read_one)(found)) break;
    }
    return std::move(opt_in_);
  }

  bool read_inject(const Annotation& found, std::string_view key) {
    opt_in_.at = found.at;
    const auto words = words_of(found, key);
    if (words.size() == 1 && words.front() == "false") {
      opt_in_.state = OptIn::State::out;
      return true;
    }
    opt_in_.state = OptIn::State::in;
    for (const auto word : words) {
      const Policy* policy = policies_.find(word == "true" ? true_means_ : word);
      if (policy == nullptr) {
        return refuse(found, key, word, "true, false, or of " + policies_.names(), "true, false or a policy");
      }
      auto& chosen = opt_in_.policies;
      if (std::find(chosen.begin(), chosen.end(), policy) == chosen.end()) chosen.push_back(policy);
    }
    return !words.empty();
  }

  bool read_containers(const Annotation& found) {
    for (const auto word : words_of(found, annotation::containers)) {
      if (!pod_.container(word)) return refuse(found, annotation::containers, word, "a container of this pod");
      opt_in_.choices.containers.emplace_back(word);
    }
    return opt_in_.invalid.empty();
  }

  bool read_size_limit(const Annotation& found) {
    const auto words = words_of(found, annotation::size_limit);
    if (words.empty()) return false;
    opt_in_.choices.size_limit = Quantity::parse(words.front());
    const bool is_size = words.size() == 1 && opt_in_.choices.size_limit && opt_in_.choices.size_limit->value() > 0;
    return is_size || refuse(found, annotation::size_limit, words.front(), "a size above zero such as 2Gi");
  }

  bool read_skip(const Annotation& found) {
    for (const auto word : words_of(found, annotation::skip)) {
      if (!is_requirement(word)) {
        return refuse(found, annotation::skip, word, "of " + requirement_ids(), "a requirement of a policy");
      }
      opt_in_.choices.skip.emplace_back(word);
    }
    return opt_in_.invalid.empty();
  }

  bool read_on_conflict(const Annotation& found) {
    const auto words = words_of(found, annotation::on_conflict);
    if (words.empty()) return false;
    const bool is_known = words.size() == 1 && (words.front() == "keep" || words.front() == "override");
    opt_in_.choices.override_conflicts = words.front() == "override";
    return is_known || refuse(found, annotation::on_conflict, words.front(), "keep or override");
  }

  /// The comma-separated words of the annotation's value; none, and `invalid` set, where it is no text or has an empty
  /// word.
  std::vector<std::string_view> words_of(const Annotation& found, std::string_view key) {
    if (!found.value->is_string()) {
      refuse(found, key, found.value->dump(-1, ' ', false, Json::error_handler_t::replace),
             "a string: put it in quotes");
      return {};
    }
    auto words = split(found.value->get_ref<const std::string&>(), ',');
    if (std::find(words.begin(), words.end(), std::string_view{}) == words.end()) return words;
    refuse(found, key, found.value->get_ref<const std::string&>(), "a value, or several separated by commas");
    return {};
  }

  bool refuse(const Annotation& found, std::string_view key, std::string_view value, const std::string& expected,
              const std::string& in_short = {}) {
    constexpr std::size_t longest_shown = 40;
    const std::string shown = value.size() > longest_shown ? "..." : std::string(value);
    const std::string problem = std::string(key) + ": `" + shown + "` is not ";
    opt_in_.invalid = problem + expected;
    opt_in_.fault = problem + (in_short.empty() ? expected : in_short);
    opt_in_.at = found.at;
    return false;
  }

  /// Of any policy: the same manifest may meet another one in a namespace that enforces Pod Security.
  bool is_requirement(std::string_view id) const {
    const auto& all = policies_.all();
    return std::any_of(all.begin(), all.end(), [&](const Policy& policy) { return policy.find(id) != nullptr; });
  }

  std::string requirement_ids() const {
    std::vector<std::string> ids;
    const std::vector<const Policy*> usual = {policies_.find(true_means_)};
    for (const Policy* policy : opt_in_.policies.empty() ? usual : opt_in_.policies) {
      for (const Requirement& requirement : policy->requirements)
        ids.push_back(requirement.id);
    }
    return joined(ids);
  }

  struct Other {
    std::string_view key;
    bool (Reader::*read)(const Annotation&);
  };
  static constexpr Other others[] = {
      {annotation::containers, &Reader::read_containers},
      {annotation::size_limit, &Reader::read_size_limit},
      {annotation::skip, &Reader::read_skip},
      {annotation::on_conflict, &Reader::read_on_conflict},
  };

  const PodView& pod_;
  const PolicySet& policies_;
  std::string_view true_means_;
  OptIn opt_in_;
};

}  // namespace

bool Choices::skips(std::string_view requirement) const {
  return std::find(skip.begin(), skip.end(), requirement) != skip.end();
}

OptIn read_opt_in(const PodView& pod, const PolicySet& policies, std::string_view true_means,
                  std::string_view by_default) {
  return Reader(pod, policies, true_means).read(by_default, false);
}

OptIn read_annotations(const PodView& pod, const PolicySet& policies, std::string_view true_means,
                       std::string_view by_default) {
  return Reader(pod, policies, true_means).read(by_default, true);
}

}  // namespace dotdiag
