#include "core/ephemeral/dump_advice.hpp"

#include "core/policy/rules/mounts.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// A Full dump holds the memory of the process and the images of its modules.
constexpr double full_per_memory = 1.25;

/// What can fill up, and how much of it there is.
struct Room {
  std::optional<Quantity> size;  ///< nothing: no limit that is known
  std::string where;             ///< `the volume \`cache-volume\``
};

/// The limit above which the pod is evicted: that of all its containers together, where each of them has one.
/// Source: kubernetes.io, Local ephemeral storage, "How Pods with ephemeral-storage requests ...".
std::optional<Quantity> ephemeral_storage(const PodView& pod) {
  std::int64_t sum = 0;
  for (const ContainerView& container : pod.containers()) {
    const auto limit = limit_of(*container.json, "ephemeral-storage");
    if (!limit || limit->value() <= 0) return std::nullopt;
    if (__builtin_add_overflow(sum, limit->value(), &sum)) return std::nullopt;
  }
  return Quantity::bytes(sum);
}

Room find_room(const PodView& pod, const ContainerView& target, const Json* volume) {
  Room room;
  if (volume != nullptr) room.size = quantity_at(*volume, Pointer{} / "emptyDir" / "sizeLimit");
  room.where = volume == nullptr ? "the file system of " + named(target)
                                 : "the volume `" + std::string(text_member(*volume, "name")) + "`";
  const bool is_counted = volume == nullptr || volume_source(*volume) == "emptyDir";
  const auto storage = is_counted ? ephemeral_storage(pod) : std::nullopt;
  if (storage && (!room.size || storage->value() < room.size->value())) room = {storage, "the pod's ephemeral storage"};
  return room;
}

DumpAdvice unknown_memory(const Room& room, const ContainerView& target) {
  DumpAdvice advice;
  advice.remarks.push_back(named(target) + " has no memory limit, so look how much it uses before you dump it.");
  advice.remarks.push_back(room.size ? "More than " + room.size->text() + " does not fit into " + room.where +
                                           ", and the pod would be evicted: then use Mini."
                                     : room.where + " has no limit but the node's disk.");
  return advice;
}

DumpAdvice compare(const Room& room, const ContainerView& target, const Quantity& memory) {
  const std::string limit = named(target) + " may use " + memory.text();
  DumpAdvice advice;
  if (!room.size) {
    advice.remarks.push_back(limit + ", and " + room.where + " has no limit but the node's disk: even Full fits.");
  } else if (room.size->value() >= memory.scaled(full_per_memory).value()) {
    advice.remarks.push_back(room.where + " holds " + room.size->text() + ", and " + limit + ": even Full fits.");
  } else if (room.size->value() >= memory.value()) {
    advice.remarks.push_back(room.where + " holds " + room.size->text() + ", and " + limit +
                             ": Heap fits, Full may not.");
  } else {
    advice.type = "Mini";
    advice.remarks.push_back(room.where + " holds " + room.size->text() + ", and " + limit +
                             ": Full may not fit, and the pod would be evicted, dump and all.");
    advice.remarks.push_back("Use Heap only where less than " + room.size->text() + " is in use; Mini always fits.");
  }
  return advice;
}

}  // namespace

DumpAdvice advise_dump(const PodView& pod, const ContainerView& target, std::string_view volume_name) {
  const Json* volume = volume_name.empty() ? nullptr : pod.volume(volume_name);
  if (volume != nullptr && is_in_memory(*volume)) {
    return {"Mini",
            {"the volume `" + std::string(volume_name) + "` is memory, and what is written there counts as memory of " +
             named(target) + ": a bigger dump would get it killed."}};
  }
  const Room room = find_room(pod, target, volume);
  const auto memory = limit_of(*target.json, "memory");
  return memory && memory->value() > 0 ? compare(room, target, *memory) : unknown_memory(room, target);
}

}  // namespace dotdiag
