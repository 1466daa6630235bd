// Whether debug containers join a container's processes by name, so that the pod need not share them.
#pragma once

#include "core/document/pod_view.hpp"
#include "linter/debugger_file.hpp"

#include <string>
#include <vector>

namespace dotdiag {

/// The names of the pod's containers that the debuggers join by targetContainerName, `web, worker`. Empty where one of
/// them names none, or there is no debugger: then it sees no process but its own, unless the pod shares them. For a
/// file for `kubectl debug --custom` that is said on the command line.
std::string joined_containers(const std::vector<DebuggerFile>& files, const PodView& pod);

}  // namespace dotdiag
