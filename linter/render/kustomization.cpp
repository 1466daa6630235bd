#include "linter/render/kustomization.hpp"

#include "core/document/reader.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

std::string path_beside(const std::string& directory, std::string_view path) {
  const std::string inside = (fs::path(directory) / path).lexically_normal().generic_string();
  return inside.size() > 1 && inside.ends_with('/') ? inside.substr(0, inside.size() - 1) : inside;
}

/// What kustomize would fetch: an address, or what it takes for a repository (`host/owner/name?ref=v1`).
bool is_remote(std::string_view path, const std::string& directory) {
  if (path.find("://") != npos || path.starts_with("git@") || path.starts_with("git::")) return true;
  std::error_code ignored;
  return !fs::exists(path_beside(directory, path), ignored) && path.find("?ref=") != npos;
}

/// The directory's kustomization; empty where it has none.
std::string kustomization_in(const std::string& directory) {
  for (const char* name : {"kustomization.yaml", "kustomization.yml", "Kustomization"}) {
    std::error_code ignored;
    std::string file = path_beside(directory, name);
    if (fs::is_regular_file(file, ignored)) return file;
  }
  return {};
}

/// Sorts what `kustomization` says into a Kustomization.
class Reading {
 public:
  explicit Reading(const std::string& file) {
    result_.file = file;
    result_.directory = fs::path(file).parent_path().lexically_normal().generic_string();
    if (result_.directory.empty()) result_.directory = ".";
  }

  Kustomization read(const Json& root) {
    result_.is_component = text_member(root, "kind") == "Component";
    for (const char* list : {"resources", "bases", "components"})
      for (const Json& item : items_member(root, list))
        if (item.is_string()) take_resource(item.get<std::string>());
    for (const Json& item : items_member(root, "patchesStrategicMerge"))
      if (item.is_string()) take_patch(item.get<std::string>());
    for (const char* list : {"patches", "patchesJson6902"})
      for (const Json& item : items_member(root, list))
        take_patch(std::string(text_member(item, "path")));
    if (!items_member(root, "helmCharts").empty()) result_.network = "helmCharts";
    return std::move(result_);
  }

 private:
  void take_resource(const std::string& path) {
    if (is_remote(path, result_.directory)) {
      result_.network = path;
      return;
    }
    std::string inside = path_beside(result_.directory, path);
    std::error_code ignored;
    auto& list = fs::is_directory(inside, ignored) ? result_.made_of : result_.resources;
    list.push_back(std::move(inside));
  }

  /// A patch may also stand there itself, instead of a path.
  void take_patch(const std::string& path) {
    if (!path.empty() && path.find('\n') == npos) result_.patches.push_back(path_beside(result_.directory, path));
  }

  Kustomization result_;
};

}  // namespace

bool is_kustomization_file(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  return name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization";
}

void Kustomizations::add(const std::string& file) {
  try {
    const Document document = read_only_document(file);
    if (!document.root.is_object()) return;
    Kustomization one = Reading(file).read(document.root);
    if (!all_.emplace(one.directory, one).second) return;
    for (const std::string& directory : one.made_of)
      if (const std::string part = kustomization_in(directory); !part.empty()) add(part);
  } catch (const InputError&) {
    return;
  }
}

std::vector<const Kustomization*> Kustomizations::tops() const {
  std::set<std::string> parts;
  for (const auto& [directory, one] : all_)
    parts.insert(one.made_of.begin(), one.made_of.end());
  std::vector<const Kustomization*> tops;
  for (const auto& [directory, one] : all_)
    if (!one.is_component && !parts.contains(directory)) tops.push_back(&one);
  return tops;
}

/// Itself and all that it is made of, each once: they may lead in circles, which kustomize refuses.
std::vector<const Kustomization*> Kustomizations::closure(const Kustomization& top) const {
  std::vector<const Kustomization*> found = {&top};
  for (std::size_t index = 0; index < found.size(); ++index) {
    for (const std::string& directory : found[index]->made_of) {
      const auto part = all_.find(directory);
      if (part != all_.end() && std::find(found.begin(), found.end(), &part->second) == found.end())
        found.push_back(&part->second);
    }
  }
  return found;
}

std::set<std::string> Kustomizations::files_of(const Kustomization& top) const {
  std::set<std::string> files;
  for (const Kustomization* one : closure(top)) {
    files.insert(one->file);
    files.insert(one->resources.begin(), one->resources.end());
    files.insert(one->patches.begin(), one->patches.end());
  }
  return files;
}

std::vector<std::string> Kustomizations::patches_of(const Kustomization& top) const {
  std::vector<std::string> files;
  for (const Kustomization* one : closure(top))
    files.insert(files.end(), one->patches.begin(), one->patches.end());
  return files;
}

std::string Kustomizations::network_of(const Kustomization& top) const {
  for (const Kustomization* one : closure(top))
    if (!one->network.empty()) return one->network;
  return {};
}

}  // namespace dotdiag
