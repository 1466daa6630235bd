// Which type of dump there is room for.
//
// A volume that outgrows its limit gets the pod evicted without grace, and the dump is gone with it: so the room is
// compared before anybody collects. Of a pod only the memory limit is known, which makes this a rough judgement
// (core/policy/dump_size.hpp); the runbook asks the running process, too.
#pragma once

#include "core/document/pod_view.hpp"
#include "core/document/quantity.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct DumpAdvice {
  std::string type = "Heap";         ///< the largest of Heap and Mini that surely fits, as dotnet-dump names it
  std::vector<std::string> remarks;  ///< how that was found, a sentence each
  std::optional<Quantity> room =
      {};  ///< what may be written before the pod is evicted; nothing: no limit that is known
};

/// The advice for dumps of `target` that are written to the pod volume `volume`, or (where that is empty) to the
/// container's own file system.
DumpAdvice advise_dump(const PodView& pod, const ContainerView& target, std::string_view volume);

}  // namespace dotdiag
