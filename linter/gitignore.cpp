#include "linter/gitignore.hpp"

#include <fstream>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

/// Without the line's end and the blanks before it, unless they are escaped.
std::string_view pattern_of(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  while (line.ends_with(' ') && !line.ends_with("\\ "))
    line.remove_suffix(1);
  return line;
}

fs::path whole_path(const fs::path& path) {
  std::error_code error;
  const fs::path whole = fs::absolute(path, error).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace

Gitignore Gitignore::above(const fs::path& directory) {
  const fs::path last = whole_path(directory);
  std::vector<fs::path> way;
  std::error_code ignored;
  for (fs::path folder = last;; folder = folder.parent_path()) {
    way.push_back(folder);
    if (fs::exists(folder / ".git", ignored)) break;
    if (folder == folder.root_path()) return {};
  }
  Gitignore rules;
  rules.in_repository_ = true;
  rules.read(way.back() / ".git/info/exclude", way.back());
  for (auto folder = way.rbegin(); folder != way.rend(); ++folder)
    rules.read(*folder / ".gitignore", *folder);
  return rules;
}

Gitignore Gitignore::below(const fs::path& directory) const {
  std::error_code ignored;
  const fs::path whole = whole_path(directory);
  if (fs::exists(whole / ".git", ignored)) return above(whole);  // a repository of its own
  Gitignore rules = *this;
  if (in_repository_) rules.read(whole / ".gitignore", whole);
  return rules;
}

bool Gitignore::ignores(const fs::path& path, bool is_directory) const {
  if (lines_.empty()) return false;
  const fs::path whole = whole_path(path);
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line)
    if (line->glob.matches(whole.lexically_relative(line->directory).generic_string(), is_directory))
      return !line->includes;
  return false;
}

void Gitignore::read(const fs::path& file, const fs::path& directory) {
  std::ifstream text(file);
  for (std::string line; std::getline(text, line);) {
    std::string_view pattern = pattern_of(line);
    if (pattern.empty() || pattern.starts_with('#')) continue;
    const bool includes = pattern.starts_with('!');
    if (includes) pattern.remove_prefix(1);
    lines_.push_back({directory, Glob(pattern), includes});
  }
}

}  // namespace dotdiag
