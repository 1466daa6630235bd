// What is in the ConfigMaps that stand beside a workload, for variables that come from there.
#pragma once

#include "core/document/json.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace dotdiag {

/// ConfigMaps by namespace and name. Two of one name that differ (of two environments, say) are as good as none: nobody
/// can tell which of them a pod will meet.
class ConfigMaps {
 public:
  /// Takes in `object`, a ConfigMap: the short texts of its `data`, which is where variables come from.
  void add(const Json& object);

  /// The text at `key`; nothing where the ConfigMap is not known or has no such key.
  std::optional<std::string_view> find(std::string_view name_space, std::string_view name, std::string_view key) const;

 private:
  using Id = std::pair<std::string, std::string>;
  std::map<Id, Json> data_;  ///< null where two differ
};

}  // namespace dotdiag
