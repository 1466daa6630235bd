#include "linter/sources/source_files.hpp"

#include "linter/sources/languages.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;
using Kind = SourceFiles::Kind;

constexpr std::array<std::string_view, 12> left_out = {
    "__pycache__", "bin", "bower_components", "dist",   "fixtures", "node_modules",
    "obj",         "out", "site-packages",    "target", "testdata", "vendor",
};

bool is_left_out(const std::string& name) {
  if (name.starts_with('.')) return name != ".github" && name != ".azure-pipelines" && name != ".ci";
  return std::find(left_out.begin(), left_out.end(), name) != left_out.end();
}

bool is_dockerfile(std::string_view name) {
  for (const std::string_view word : {"Dockerfile", "Containerfile", "dockerfile"}) {
    if (name == word || name.starts_with(std::string(word) + ".")) return !name.ends_with(".dockerignore");
    if (name.ends_with("." + std::string(word))) return true;
  }
  return false;
}

/// YAML below these names is about building; any other may be about anything, and is a manifest more often than not.
bool is_declaration(std::string_view path, std::string_view name) {
  if (!name.ends_with(".yml") && !name.ends_with(".yaml")) return false;
  const auto has = [](std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
  };
  return name.starts_with("docker-compose") || name.starts_with("compose.") || name.starts_with("skaffold") ||
         has(name, "gitlab-ci") || has(name, "azure-pipelines") || has(name, "cloudbuild") || has(name, "buildspec") ||
         has(path, ".github/workflows/") || has(path, ".azure-pipelines/") || has(path, ".ci/");
}

bool is_script(std::string_view name) {
  return name == "Makefile" || name == "makefile" || name == "Justfile" || name == "justfile" ||
         name == "Jenkinsfile" || name == "Taskfile.yml" || name.ends_with(".sh") || name.ends_with(".ps1") ||
         name.ends_with(".mk");
}

/// True for a link that leads out of the repository.
bool leads_out(const fs::directory_entry& entry, const fs::path& root) {
  std::error_code error;
  if (!entry.is_symlink(error)) return false;
  const fs::path real = fs::canonical(entry.path(), error);
  if (error) return true;
  const fs::path inside = real.lexically_relative(fs::canonical(root, error));
  return error || inside.empty() || *inside.begin() == "..";
}

std::string relative_name(const fs::path& path, const fs::path& root) {
  return path.lexically_relative(root).generic_string();
}

}  // namespace

std::optional<Kind> source_kind(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  if (is_dockerfile(name)) return Kind::dockerfile;
  if (!language_of_file(name).empty()) return Kind::project;
  if (name == "Directory.Build.props") return Kind::properties;
  if (is_declaration(path, name)) return Kind::declaration;
  if (is_script(name)) return Kind::script;
  return std::nullopt;
}

SourceFiles SourceFiles::find(const fs::path& root, const SourceLimits& limits) {
  SourceFiles found;
  found.root_ = root;
  found.limits_ = limits;
  std::error_code error;
  // Links to directories are not followed: so there is no circle, and no way out of the repository.
  fs::recursive_directory_iterator entry(root, fs::directory_options::skip_permission_denied, error);
  std::size_t entries = 0;
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (++entries > limits.entries || found.files_.size() >= limits.files) {
      found.incomplete_ =
          "there are more than " + (entries > limits.entries ? std::to_string(limits.entries) + " files and directories"
                                                             : std::to_string(limits.files) + " source files");
      break;
    }
    const bool is_directory = entry->symlink_status(ignored).type() == fs::file_type::directory;
    if (is_directory && (is_left_out(entry->path().filename()) || entry.depth() >= limits.depth ||
                         fs::exists(entry->path() / ".git", ignored)))
      entry.disable_recursion_pending();
    if (is_directory || !entry->is_regular_file(ignored)) continue;
    std::string path = relative_name(entry->path(), root);
    const auto kind = source_kind(path);
    if (kind && !leads_out(*entry, root)) found.files_.push_back({std::move(path), *kind});
  }
  std::sort(found.files_.begin(), found.files_.end(),
            [](const File& left, const File& right) { return left.path < right.path; });
  return found;
}

std::optional<std::string> SourceFiles::read(std::string_view path) {
  const fs::path file = root_ / path;
  std::error_code error;
  // A pipe would wait for ever.
  if (!fs::is_regular_file(file, error)) return std::nullopt;
  if (const auto size = fs::file_size(file, error); error || size > limits_.file_bytes) return std::nullopt;
  if (bytes_ >= limits_.total_bytes) {
    incomplete_ = "they are larger than " + std::to_string(limits_.total_bytes >> 20) + " MiB together";
    return std::nullopt;
  }
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  bytes_ += text.size();
  return text;
}

}  // namespace dotdiag
