#include "linter/sources/sources.hpp"

#include "linter/sources/image_name.hpp"

#include <algorithm>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

/// The path from the root on, without a slash at its end.
fs::path made_absolute(const fs::path& path) {
  std::error_code ignored;
  const fs::path whole = (fs::current_path(ignored) / path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

/// The repository that `directory`, which begins at the root, is in, as a person would write it from here.
std::optional<fs::path> repository_above(const fs::path& directory) {
  std::error_code ignored;
  const fs::path here = fs::current_path(ignored);
  for (fs::path folder = directory; !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", ignored)) return folder.lexically_proximate(here);
    if (folder == folder.root_path()) break;
  }
  return std::nullopt;
}

bool is_within(const fs::path& path, const fs::path& directory) {
  const fs::path inside = made_absolute(path).lexically_relative(made_absolute(directory / "."));
  return !inside.empty() && *inside.begin() != "..";
}

}  // namespace

Sources::Sources(Where where, std::vector<std::string> named, std::vector<ImageMapping> mappings, SourceLimits limits)
    : where_(where), named_(std::move(named)), mappings_(std::move(mappings)), limits_(limits) {}

std::optional<fs::path> Sources::root_of(const std::string& manifest) const {
  if (where_ == Where::nowhere) return std::nullopt;
  if (where_ == Where::directory) return fs::path(named_.front());
  std::error_code ignored;
  if (!fs::exists(manifest, ignored)) return repository_above(made_absolute("."));  // standard input
  if (auto root = repository_above(made_absolute(manifest).parent_path())) return root;
  for (const std::string& directory : named_)
    if (fs::is_directory(directory, ignored) && is_within(manifest, directory)) return fs::path(directory);
  return std::nullopt;
}

std::optional<fs::path> Sources::known_root_of(const std::string& manifest) const {
  const std::lock_guard lock(mutex_);
  const auto [root, is_new] = roots_.try_emplace(manifest);
  if (is_new) root->second = root_of(manifest);
  return root->second;
}

const Repository& Sources::repository(const fs::path& root) const {
  const std::lock_guard lock(mutex_);
  auto& repository = read_[root];
  if (repository == nullptr) repository = std::make_unique<const Repository>(Repository::read(root, limits_));
  return *repository;
}

std::optional<Program> Sources::program_of(std::string_view image, const std::string& manifest) const {
  if (where_ == Where::nowhere && mappings_.empty()) return std::nullopt;
  if (const auto root = known_root_of(manifest)) return repository(*root).program_of(image, manifest, mappings_);
  return Repository().program_of(image, manifest, mappings_);
}

std::map<std::string, std::string> Sources::incomplete() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, std::string> all;
  for (const auto& [root, repository] : read_)
    if (!repository->incomplete().empty()) all.emplace(root.string(), repository->incomplete());
  return all;
}

}  // namespace dotdiag
