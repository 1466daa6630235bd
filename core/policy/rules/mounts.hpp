// Why a mount is unfit to be shared with an ephemeral container. Said here once: for the requirement that looks for a
// volume, and for the rules that explain what is wrong with one.
#pragma once

#include "core/document/child.hpp"
#include "core/policy/rules/measures.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace dotdiag {

/// True where the claim of a generic ephemeral volume asks for reading alone.
inline bool is_claimed_for_reading(const Json& volume) {
  const Json* modes = descend(volume, "/ephemeral/volumeClaimTemplate/spec/accessModes");
  return modes != nullptr && modes->is_array() && !modes->empty() &&
         std::all_of(modes->begin(), modes->end(), [](const Json& mode) { return mode == "ReadOnlyMany"; });
}

/// True where nobody can write through the mount: it is read-only, or its volume is, or the volume's kind always is.
inline bool is_read_only(const MountView& mount) {
  constexpr std::array<std::string_view, 5> always = {"configMap", "secret", "projected", "downwardAPI", "image"};
  if (is_true(member(*mount.mount, "readOnly"))) return true;
  if (mount.volume == nullptr) return false;
  const auto source = volume_source(*mount.volume);
  const Json* details = member(*mount.volume, source);
  if (source == "ephemeral") return is_claimed_for_reading(*mount.volume);
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

/// True where each pod has the volume to itself, from its start to its end: an emptyDir, or a generic ephemeral volume,
/// which is a claim that lives as long as its pod.
inline bool belongs_to_one_pod(const Json& volume) {
  const auto source = volume_source(volume);
  return source == "emptyDir" || source == "ephemeral";
}

/// What is mounted, where an ephemeral container cannot share it or could not write to it; empty where it can.
inline std::string unfit(const PodView& pod, const MountView& mount) {
  const auto name = text_member(*mount.mount, "name");
  if (mount.volume == nullptr) {
    if (is_claim_template(pod, name)) return "the claim `" + std::string(name) + "` of its StatefulSet";
    return "a volume that the pod does not have";
  }
  const std::string source(volume_source(*mount.volume));
  if (!belongs_to_one_pod(*mount.volume)) return "the " + source + " volume `" + std::string(name) + "`";
  if (is_read_only(mount)) return "a read-only mount";
  return sub_path_field(mount).empty() ? "" : "a subPath mount";
}

/// Why, in words that follow what is mounted; empty where that says it.
inline std::string_view why_unfit(const PodView& pod, const MountView& mount) {
  if (mount.volume == nullptr) {
    const bool is_claim = is_claim_template(pod, text_member(*mount.mount, "name"));
    return is_claim ? "which keeps the sockets of earlier pods" : "";
  }
  if (belongs_to_one_pod(*mount.volume)) return {};
  const auto source = volume_source(*mount.volume);
  if (is_read_only(mount)) return "which is read-only";
  if (source == "hostPath") return "which all pods of the node see";
  if (source == "persistentVolumeClaim") return "which outlives the pod, and may be other pods' too";
  if (source == "csi") return "whose driver decides what can be written there";
  return "which other pods may see";
}

/// True where the volume is an emptyDir in the node's memory (`Memory`, `HugePages`).
inline bool is_in_memory(const Json& volume) {
  const Json* empty_dir = member(volume, "emptyDir");
  return empty_dir != nullptr && !text_member(*empty_dir, "medium").empty();
}

}  // namespace dotdiag
