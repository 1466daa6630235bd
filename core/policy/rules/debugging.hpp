// What several rules about debug containers and monitors ask.
#pragma once

#include "core/policy/image.hpp"
#include "core/policy/rule.hpp"
#include "core/policy/rules/mounts.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace dotdiag {

/// The container's name as messages write it; a custom profile has none.
inline std::string named_debugger(const ContainerView& debugger) {
  return debugger.name().empty() ? "the debugger" : named(debugger);
}

inline bool is_custom_profile(const Subject& subject) {
  return subject.debugger != nullptr && subject.debugger->form == Debugger::Form::custom_profile;
}

/// True where the debugger looks into the target's file system through /proc, and needs no volume: dotdiag-collect does
/// so by itself.
inline bool goes_through_proc(const ContainerView& debugger) {
  const auto image = Image::parse(debugger.image()).name;
  const bool is_collect = image.substr(image.rfind('/') + 1) == "dotdiag-collect";
  return is_collect || env_value(*debugger.json, "TMPDIR").value.substr(0, 6) == "/proc/";
}

/// True where pods of the workload have the volume: their own, or a claim that a StatefulSet makes for them.
inline bool has_volume(const PodView& pod, std::string_view name) {
  return pod.volume(name) != nullptr || is_claim_template(pod, name);
}

/// True where the container mounts what the pod does not have. ec-volume-not-in-pod says so, and speaks alone.
inline bool mounts_unknown_volume(const PodView& pod, const ContainerView& container) {
  const auto& mounts = items_member(*container.json, "volumeMounts");
  return std::any_of(mounts.begin(), mounts.end(), [&](const Json& mount) {
    const auto name = text_member(mount, "name");
    return !name.empty() && !has_volume(pod, name);
  });
}

/// Where a path of a container really is: in which volume, and at which path there.
struct VolumePlace {
  std::string volume;
  std::string path;
  friend bool operator==(const VolumePlace&, const VolumePlace&) = default;
};

/// The place of `path` in `container`; nothing where no volume is mounted there.
inline std::optional<VolumePlace> place_of(const PodView& pod, const ContainerView& container, std::string_view path) {
  const auto mount = mount_at(pod, *container.json, path);
  if (!mount) return std::nullopt;
  std::string inside = normal_path(path).substr(mount->path == "/" ? 0 : mount->path.size());
  if (const auto field = sub_path_field(*mount); !field.empty())
    inside = "/" + std::string(text_member(*mount->mount, field)) + inside;
  return VolumePlace{std::string(text_member(*mount->mount, "name")), normal_path("/" + inside)};
}

/// The user that the container runs as: what container or pod say, else what the image has, where that is known.
inline std::optional<std::int64_t> user_of(const PodView& pod, const ContainerView& container) {
  if (const auto user = run_as_user(pod, *container.json)) return user;
  return Image::parse(container.image()).default_user();
}

/// The user that a container of the pod runs as, also where only the sources of its image say so.
inline std::optional<std::int64_t> user_of(const Subject& subject, const ContainerView& container) {
  if (const auto user = run_as_user(subject.pod, *container.json)) return user;
  const ImageFacts* facts = subject.facts_of(container);
  return facts != nullptr && facts->user ? facts->user : Image::parse(container.image()).default_user();
}

/// The group that the container runs as. A user that the image does not know gets group 0.
inline std::optional<std::int64_t> group_of(const PodView& pod, const ContainerView& container) {
  if (const auto group = run_as_group(pod, *container.json)) return group;
  const bool is_known = Image::parse(container.image()).default_user().has_value();
  const auto user = user_of(pod, container);
  if (!is_known || !user) return std::nullopt;
  return *user == app_user ? app_user : 0;
}

/// Where to point for a field of the container's securityContext: at the field, else at the container.
inline Pointer security_at(const ContainerView& container, std::string_view field) {
  const Pointer at = container.path / "securityContext" / field;
  const Json* context = member(*container.json, "securityContext");
  return context != nullptr && member(*context, field) != nullptr ? at : container.path;
}

inline bool is_privileged(const ContainerView& container) {
  const Json* context = member(*container.json, "securityContext");
  return context != nullptr && is_true(member(*context, "privileged"));
}

/// The container's capabilities `add` or `drop`.
inline const Json::array_t& capabilities(const ContainerView& container, std::string_view list) {
  static const Json none;
  const Json* context = member(*container.json, "securityContext");
  const Json* all = context == nullptr ? nullptr : member(*context, "capabilities");
  return items_member(all == nullptr ? none : *all, list);
}

/// True where the container gives up all capabilities, also those that root has by default.
inline bool drops_all(const ContainerView& container) {
  const auto& dropped = capabilities(container, "drop");
  return std::any_of(dropped.begin(), dropped.end(), [](const Json& item) { return item == "ALL" || item == "all"; });
}

/// Edits that only add, each computed on what those before it made of the document.
class Additions {
 public:
  explicit Additions(const Json& document) : copy_(document) {}

  void append(const Pointer& list, Json item) {
    if (can_append(copy_, list)) keep(append_item(copy_, list, std::move(item)));
  }
  void set(const Pointer& path, Json value) {
    if (can_hold(copy_, path)) keep(set_member(copy_, path, std::move(value)));
  }
  Edits take() { return std::move(edits_); }

 private:
  void keep(Edit edit) {
    dotdiag::apply(copy_, edit);
    edits_.push_back(std::move(edit));
  }

  Json copy_;
  Edits edits_;
};

}  // namespace dotdiag
