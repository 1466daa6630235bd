// The kustomizations of a run: what each is made of, and which are built: those that no other one is made of.
#pragma once

#include "linter/render/render_settings.hpp"
#include "linter/render/rendered.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// One kustomization.yaml, as far as it names files; all paths are normal, and relative as the file's own is.
struct Kustomization {
  std::string file;
  std::string directory;
  std::vector<std::string> resources;  ///< files
  std::vector<std::string> patches;    ///< files
  std::vector<std::string> made_of;    ///< directories of other kustomizations
  std::string network;                 ///< something that is fetched: an address; empty where nothing is
  bool is_component = false;           ///< cannot be built by itself
};

/// True for the names that kustomize looks for.
bool is_kustomization_file(std::string_view path);

/// The kustomizations of a run, by directory.
class Kustomizations {
 public:
  /// Reads the file, and those of what it is made of; what cannot be read, or is none, is passed over: linting or
  /// kustomize says why.
  void add(const std::string& file);

  /// Those to build, in order.
  std::vector<const Kustomization*> tops() const;
  /// All files that this one is made of, and what it is patched with: its own, and those of what it is made of.
  std::set<std::string> files_of(const Kustomization& top) const;
  /// The files of patches, those of the top one first.
  std::vector<std::string> patches_of(const Kustomization& top) const;
  /// Something that building it would fetch; empty where nothing is.
  std::string network_of(const Kustomization& top) const;

 private:
  std::vector<const Kustomization*> closure(const Kustomization& top) const;

  std::map<std::string, Kustomization> all_;
};

/// What `top` builds to, by kustomize, else by kubectl.
Rendered render_kustomization(const Kustomization& top, const Kustomizations& all, const RenderSettings& settings);

}  // namespace dotdiag
