#include "core/policy/builtin_names.hpp"

#include "core/policy/embedded.hpp"

#include <algorithm>

namespace dotdiag {

std::vector<std::string> builtin_policy_names() {
  constexpr std::string_view ending = ".yaml";
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_policies())
    if (file.name.ends_with(ending)) names.emplace_back(file.name.substr(0, file.name.size() - ending.size()));
  std::sort(names.begin(), names.end());  // as files they are sorted with their endings
  return names;
}

}  // namespace dotdiag
