#include "linter/per_file_ignore.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace dotdiag {

std::vector<std::string> rules_ignored_in(const std::string& file, const std::vector<PerFileIgnore>& ignores,
                                          const std::string& directory) {
  std::vector<std::string> rules;
  if (ignores.empty()) return rules;
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::absolute(file, error).lexically_normal();
  const std::string path = whole.lexically_relative(directory).generic_string();
  for (const PerFileIgnore& ignore : ignores) {
    const auto means_it = [&](const Glob& glob) { return glob.matches_at_or_above(path); };
    if (std::any_of(ignore.files.begin(), ignore.files.end(), means_it))
      rules.insert(rules.end(), ignore.rules.begin(), ignore.rules.end());
  }
  return rules;
}

}  // namespace dotdiag
