#include "core/ephemeral/dump_advice.hpp"

#include "core/policy/dump_size.hpp"
#include "core/policy/rules/mounts.hpp"
#include "core/policy/rules/storage_limit.hpp"

namespace dotdiag {
namespace {

/// What can fill up, and how much of it there is.
struct Room {
  std::optional<Quantity> size;  ///< nothing: no limit that is known
  std::string where;             ///< `the volume \`cache-volume\``
};

Room find_room(const PodView& pod, const ContainerView& target, const Json* volume) {
  Room room;
  if (volume != nullptr) room.size = quantity_at(*volume, Pointer{} / "emptyDir" / "sizeLimit");
  if (room.size && room.size->value() <= 0) room.size.reset();  // the kubelet takes 0 for no limit
  room.where = volume == nullptr ? "the file system of " + named(target)
                                 : "the volume `" + std::string(text_member(*volume, "name")) + "`";
  const bool is_counted = volume == nullptr || volume_source(*volume) == "emptyDir";
  const StorageLimit storage = is_counted ? storage_limit(pod) : StorageLimit{};
  if (!storage.set_by.empty() && (!room.size || storage.amount < room.size->value()))
    room = {Quantity::bytes(storage.amount), "the pod's ephemeral storage"};
  return room;
}

DumpAdvice unknown_memory(const Room& room, const ContainerView& target) {
  DumpAdvice advice;
  advice.remarks.push_back(named(target) +
                           " has no memory limit, so look how much it has committed before you dump it.");
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
    return advice;
  }
  const std::string both = room.where + " holds " + room.size->text() + ", and " + limit + ": ";
  if (room.size->value() >= full_dump_size(memory).value()) {
    advice.remarks.push_back(both + "even Full fits.");
  } else if (room.size->value() >= heap_dump_size(memory).value()) {
    advice.remarks.push_back(both + "Heap fits, Full may not.");
  } else {
    advice.type = "Mini";
    advice.remarks.push_back(both + "Heap may not fit, and the pod would be evicted, dump and all. Mini fits.");
  }
  advice.remarks.emplace_back(
      "That is by the memory limit alone, which is rough: memory that is committed and not touched is in the dump, and "
      "in no limit.");
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
  DumpAdvice advice = memory && memory->value() > 0 ? compare(room, target, *memory) : unknown_memory(room, target);
  advice.room = room.size;
  return advice;
}

}  // namespace dotdiag
