// Why a mount is unfit to be shared with an ephemeral container. Said here once: for the requirement that looks for a
// volume, and for the rules that explain what is wrong with one.
#pragma once

#include "core/policy/rules/measures.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace dotdiag {

/// True where nobody can write through the mount: it is read-only, or its volume is, or the volume's kind always is.
inline bool is_read_only(const MountView& mount) {
  constexpr std::array<std::string_view, 5> always = {"configMap", "secret", "projected", "downwardAPI", "image"};
  if (is_true(member(*mount.mount, "readOnly"))) return true;
  if (mount.volume == nullptr) return false;
  const auto source = volume_source(*mount.volume);
  const Json* details = member(*mount.volume, source);
  return std::find(always.begin(), always.end(), source) != always.end() ||
         (details != nullptr && is_true(member(*details, "readOnly")));
}

/// The field with which the mount shows only a part of its volume, `subPath` or `subPathExpr`; empty where it shows all
/// of it. An ephemeral container may have neither.
inline std::string_view sub_path_field(const MountView& mount) {
  for (const std::string_view field : {"subPath", "subPathExpr"}) {
    if (!text_member(*mount.mount, field).empty()) return field;
  }
  return {};
}

/// True where the volume is a claim that a StatefulSet makes for each of its pods: those are not in the pod's volumes.
inline bool is_claim_template(const PodView& pod, std::string_view volume) {
  const Json* spec = value_at(pod.document(), pod.workload().object / "spec");
  if (spec == nullptr) return false;
  const auto& claims = items_member(*spec, "volumeClaimTemplates");
  return std::any_of(claims.begin(), claims.end(), [&](const Json& claim) {
    const Json* metadata = member(claim, "metadata");
    return metadata != nullptr && text_member(*metadata, "name") == volume;
  });
}

/// What is mounted, where an ephemeral container cannot share it or could not write to it; empty where it can.
inline std::string unfit(const PodView& pod, const MountView& mount) {
  const auto name = text_member(*mount.mount, "name");
  if (mount.volume == nullptr) {
    if (is_claim_template(pod, name)) return "the claim `" + std::string(name) + "` of its StatefulSet";
    return "a volume that the pod does not have";
  }
  const std::string source(volume_source(*mount.volume));
  if (source != "emptyDir") return "the " + source + " volume `" + std::string(name) + "`";
  if (is_read_only(mount)) return "a read-only mount";
  return sub_path_field(mount).empty() ? "" : "a subPath mount";
}

/// True where the volume is an emptyDir in the node's memory (`Memory`, `HugePages`).
inline bool is_in_memory(const Json& volume) {
  const Json* empty_dir = member(volume, "emptyDir");
  return empty_dir != nullptr && !text_member(*empty_dir, "medium").empty();
}

}  // namespace dotdiag
