#include "linter/joining.hpp"

#include "core/policy/words.hpp"

#include <set>
#include <string_view>

namespace dotdiag {

std::string joined_containers(const std::vector<DebuggerFile>& files, const PodView& pod) {
  std::set<std::string_view> names;
  for (const DebuggerFile& file : files) {
    for (const Debugger& debugger : file.debuggers()) {
      const auto name = text_member(*debugger.json, "targetContainerName");
      const bool is_applied_as_it_is = debugger.form == Debugger::Form::ephemeral_container;
      if (!is_applied_as_it_is || !pod.container(name)) return {};
      names.insert(name);
    }
  }
  return joined(names);
}

}  // namespace dotdiag
