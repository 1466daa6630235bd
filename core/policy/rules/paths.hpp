// Where the files of the runtime are: sockets and dumps, and the volumes that they are on.
#pragma once

#include "core/policy/rule.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace dotdiag {

inline bool is_absolute(std::string_view path) {
  return !path.empty() && path.front() == '/';
}

/// The directory that the file of that absolute `path` is in.
inline std::string directory_of(std::string_view path) {
  const std::string normal = normal_path(path);
  const auto slash = normal.find_last_of('/');
  return slash == 0 || slash == std::string::npos ? "/" : normal.substr(0, slash);
}

/// True where a volume that serves `directory` of the container was found, or is to be added to the pod.
inline bool will_be_shared(const Subject& subject, const ContainerView& container, std::string_view directory) {
  const auto& volumes = subject.evaluation.volumes;
  return std::any_of(volumes.begin(), volumes.end(), [&](const SharedVolume& shared) {
    const bool is_below = directory.substr(0, shared.path.size()) == shared.path &&
                          (directory.size() == shared.path.size() || directory[shared.path.size()] == '/');
    return shared.container == container.name() && is_below;
  });
}

}  // namespace dotdiag
