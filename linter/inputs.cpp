#include "linter/inputs.hpp"

#include "core/document/reader.hpp"
#include "linter/gitignore.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

bool is_manifest_name(const fs::path& path) {
  constexpr std::array extensions = {".yaml", ".yml", ".json"};
  return std::find(extensions.begin(), extensions.end(), path.extension()) != extensions.end();
}

/// Our own settings are no manifest.
bool is_settings_file(const fs::path& path) {
  return path.filename() == ".dotdiag-lint.yaml";
}

bool is_left_out(const fs::path& directory) {
  const std::string name = directory.filename();
  return name.starts_with('.') || name == "node_modules";
}

bool is_chart_template(const fs::path& path) {
  for (fs::path folder = path.parent_path(); folder.has_filename(); folder = folder.parent_path()) {
    std::error_code ignored;
    if (folder.filename() == "templates" && fs::exists(folder.parent_path() / "Chart.yaml", ignored)) return true;
  }
  return false;
}

std::vector<fs::path> sorted_entries(const fs::path& directory, std::error_code& error) {
  std::vector<fs::path> entries;
  fs::directory_iterator entry(directory, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error))
    entries.push_back(entry->path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

/// Collects inputs. Depth is bounded by the system's limit on the length of a path, and links cannot lead in circles
/// because a real directory is entered once.
class Walk {
 public:
  explicit Walk(const Exclusions& exclusions) : exclusions_(exclusions) {}

  void add_argument(const std::string& argument) {
    if (argument == "-") return add_once({"-", true}, argument);
    const fs::path path = fs::path(argument).lexically_normal();
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error) return add_problem(argument, error);
    if (fs::is_directory(status)) {
      const fs::path directory = path.has_filename() ? path : path.parent_path();
      return add_directory(directory, exclusions_.gitignore ? Gitignore::above(directory) : Gitignore());
    }
    if (!exclusions_.forced || !is_excluded(path)) add_file(path, true);
  }

  std::vector<Input> take() { return std::move(inputs_); }

 private:
  template <typename Means>
  bool is_meant(const fs::path& path, const Means& means) const {
    if (exclusions_.patterns.empty()) return false;
    std::error_code error;
    const fs::path whole = fs::absolute(path, error).lexically_normal();
    return std::any_of(exclusions_.patterns.begin(), exclusions_.patterns.end(), [&](const auto& pattern) {
      const std::string name = whole.lexically_relative(pattern.directory).generic_string();
      return !name.starts_with("..") && means(pattern.glob, name);
    });
  }

  bool is_excluded(const fs::path& file) const {
    return is_meant(file, [](const Glob& glob, const std::string& name) { return glob.matches_at_or_above(name); });
  }

  bool is_excluded_directory(const fs::path& directory) const {
    return is_meant(directory, [](const Glob& glob, const std::string& name) { return glob.matches(name, true); });
  }

  void add_directory(const fs::path& directory, const Gitignore& gitignore) {
    std::error_code error;
    if (!seen_.insert(fs::canonical(directory, error)).second) return;
    const std::vector<fs::path> entries = sorted_entries(directory, error);
    if (error) return add_problem(directory, error);
    for (const fs::path& entry : entries)
      add_entry(directory == "." ? entry.filename() : entry, gitignore);
  }

  void add_entry(const fs::path& entry, const Gitignore& gitignore) {
    std::error_code error;
    const fs::file_status status = fs::status(entry, error);
    if (fs::is_directory(status)) {
      if (!is_left_out(entry) && !gitignore.ignores(entry, true) && !is_excluded_directory(entry))
        add_directory(entry, exclusions_.gitignore ? gitignore.below(entry) : Gitignore());
      return;
    }
    if (!is_manifest_name(entry) || is_settings_file(entry)) return;
    if (gitignore.ignores(entry, false) || is_excluded(entry)) return;
    if (error) return add_problem(entry, error);
    if (fs::is_regular_file(status)) add_file(entry, false);
  }

  void add_file(const fs::path& path, bool named) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    add_once({path, named, is_chart_template(real)}, error ? path : real);
  }

  void add_once(Input input, const fs::path& identity) {
    if (seen_.insert(identity).second) inputs_.push_back(std::move(input));
  }

  void add_problem(const std::string& path, const std::error_code& error) {
    inputs_.push_back({path, true, false, error.message()});
  }

  const Exclusions& exclusions_;
  std::vector<Input> inputs_;
  std::set<fs::path> seen_;
};

}  // namespace

std::vector<Input> find_inputs(const std::vector<std::string>& paths, const Exclusions& exclusions) {
  Walk walk(exclusions);
  for (const std::string& path : paths)
    walk.add_argument(path);
  return walk.take();
}

void hold_pipes(std::vector<Input>& inputs) {
  for (Input& input : inputs) {
    std::error_code ignored;
    if (!input.problem.empty() || fs::is_regular_file(input.path, ignored)) continue;
    try {
      input.bytes = std::make_shared<const std::string>(read_bytes(input.path));
    } catch (const InputError&) {
      continue;  // whoever reads it next will say why
    }
  }
}

std::string read_bytes(const Input& input) {
  return input.bytes ? *input.bytes : read_bytes(input.path);
}

}  // namespace dotdiag
