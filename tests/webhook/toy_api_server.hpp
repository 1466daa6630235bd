// As much of an API server, and of the tools in front of it, as shows what the webhook does to an object over its life.
#pragma once

#include "core/document/pod_view.hpp"
#include "tests/support/review.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dotdiag::test {

/// Which lists are merged item by item. kubectl knows them for the built-in kinds; those of a custom resource are
/// replaced.
enum class Lists { merged, replaced };

/// What an apply makes of the live object: members and items that the last manifest had and the next has not are taken
/// away, the next one's are set, and all others stay. kubectl's three-way merge, Helm's and a server-side apply come to
/// this.
class Apply {
 public:
  explicit Apply(Lists lists) : lists_(lists) {}

  Json merged(const Json& live, const Json& last, const Json& next, std::string_view field = {}) const {
    if (live.is_object() && next.is_object()) return merged_object(live, last, next);
    const std::string_view key = key_of(field);
    if (live.is_array() && next.is_array() && !key.empty()) return merged_list(live, last, next, key);
    return next;
  }

 private:
  std::string_view key_of(std::string_view field) const {
    if (lists_ == Lists::replaced) return {};
    if (field == "volumeMounts") return "mountPath";
    return field == "containers" || field == "env" || field == "volumes" ? "name" : "";
  }

  static Json item(const Json& list, std::string_view key, const Json& value) {
    for (const Json& one : list.is_array() ? list : Json::array()) {
      if (text_member(one, key) == value) return one;
    }
    return nullptr;
  }

  Json merged_object(const Json& live, const Json& last, const Json& next) const {
    Json result = live;
    const Json before = last.is_object() ? last : Json::object();
    for (const auto& [key, value] : before.items()) {
      if (!next.contains(key)) result.erase(key);
    }
    for (const auto& [key, value] : next.items()) {
      result[key] = live.contains(key) ? merged(live.at(key), before.value(key, Json()), value, key) : value;
    }
    return result;
  }

  Json merged_list(const Json& live, const Json& last, const Json& next, std::string_view key) const {
    Json result = Json::array();
    for (const Json& one : live) {
      const Json name = text_member(one, key);
      const Json wanted = item(next, key, name);
      const Json before = item(last, key, name);
      if (!wanted.is_null()) result.push_back(merged(one, before, wanted));
      if (wanted.is_null() && before.is_null()) result.push_back(one);
    }
    for (const Json& one : next) {
      if (item(live, key, text_member(one, key)).is_null()) result.push_back(one);
    }
    return result;
  }

  Lists lists_;
};

/// Keeps one object. Whatever comes in goes through the webhook first.
class ToyApiServer {
 public:
  AdmissionSettings settings;  ///< of the webhook; changes when it is upgraded

  void create(const Json& manifest) { admit(make_review(manifest)); }

  /// A whole object is put in the place of the stored one (`kubectl replace`, and what controllers do).
  void update(const Json& object) { admit(make_review(object, "UPDATE", stored_)); }

  void update_status(const Json& object) {
    Json review = make_review(object, "UPDATE", stored_);
    review["request"]["subResource"] = "status";
    admit(review);
  }

  /// What an apply of `next` would store, without storing it: what a diff before the apply shows.
  Json dry_run(const Json& last, const Json& next, Lists lists) const {
    Json review = make_review(Apply(lists).merged(stored_, last, next), "UPDATE", stored_);
    review["request"]["dryRun"] = true;
    return ask(review, settings).object;
  }

  void apply(const Json& last, const Json& next, Lists lists) { update(Apply(lists).merged(stored_, last, next)); }

  void restart(const char* time) {
    Json object = stored_;
    object["spec"]["template"]["metadata"]["annotations"]["kubectl.kubernetes.io/restartedAt"] = time;
    update(object);
  }

  const Json& stored() const { return stored_; }
  int patches() const { return patches_; }
  /// How many generations of pods there were: each pod template that is unlike all before it is a new ReplicaSet.
  std::size_t replica_sets() const { return templates_.size(); }
  const Json& warnings() const { return warnings_; }

 private:
  void admit(const Json& review) {
    const Verdict verdict = ask(review, settings);
    REQUIRE(verdict.fault == "");
    warnings_ = verdict.response.value("warnings", Json::array());
    patches_ += verdict.patch.is_null() ? 0 : 1;
    stored_ = verdict.object;
    const Json& pods = stored_.at("spec").at("template");
    for (const Json& known : templates_) {
      if (same_document(known, pods)) return;
    }
    templates_.push_back(pods);
  }

  Json stored_;
  Json warnings_;
  int patches_ = 0;
  std::vector<Json> templates_;
};

}  // namespace dotdiag::test
