// Whether the file of a dump would fit into a directory of its process: its free space, the memory that it is made of,
// and the volume whose size limit would evict the pod.
#pragma once

#include "core/diagnostics/dump/dump_place.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

/// Why a file of so many bytes cannot be written there and read back, with the figures; empty where nothing is known
/// against it.
std::string room_obstacle(const DumpPlace& place, const DotnetProcess& process, std::uint64_t bytes);

/// The emptyDir volume in which `directory` lies by the lines of a `mountinfo`; empty where it is none that kubelet
/// made on a disk. The size limit of one in memory is the size of its file system; that of one on a disk is not to be
/// seen.
std::string empty_dir_of(std::string_view mountinfo, std::string_view directory);

}  // namespace dotdiag::diagnostics
