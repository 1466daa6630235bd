// Builds a kustomization. What is built is one of our own that is made of it: so every object says which file it came
// from, and no file of the user's is touched.
#include "core/document/json.hpp"
#include "linter/render/child_process.hpp"
#include "linter/render/kustomization.hpp"
#include "linter/render/tool_environment.hpp"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;
using Outcome = Rendered::Outcome;

/// A directory with a kustomization.yaml that is made of the one in `directory`; gone afterwards.
class Wrapper {
 public:
  explicit Wrapper(const std::string& directory) {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "dotdiag-lint-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr) return;
    path_ = fs::canonical(name, error);
    const fs::path target = fs::canonical(directory, error).lexically_relative(path_);
    std::ofstream(path_ / "kustomization.yaml")
        << "resources: [" << Json(target.generic_string()).dump() << "]\nbuildMetadata: [originAnnotations]\n";
  }
  Wrapper(const Wrapper&) = delete;
  Wrapper& operator=(const Wrapper&) = delete;
  ~Wrapper() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  /// Empty where it could not be made.
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::optional<std::vector<std::string>> command_for(const std::string& directory) {
  if (const auto kustomize = find_program("kustomize")) return {{*kustomize, "build", "--", directory}};
  if (const auto kubectl = find_program("kubectl")) return {{*kubectl, "kustomize", "--", directory}};
  return std::nullopt;
}

Rendered without(Rendered rendered, Outcome outcome, std::string why) {
  rendered.outcome = outcome;
  rendered.why = std::move(why);
  return rendered;
}

}  // namespace

Rendered render_kustomization(const Kustomization& top, const Kustomizations& all, const RenderSettings& settings) {
  Rendered rendered;
  rendered.kind = Rendered::Kind::kustomization;
  rendered.directory = top.directory;
  rendered.file = top.file;
  rendered.patches = all.patches_of(top);
  if (!settings.is_on) return without(std::move(rendered), Outcome::no_tool, "rendering is off");
  if (const std::string address = all.network_of(top); !address.empty())
    return without(std::move(rendered), Outcome::no_tool, "it would fetch " + address);
  const Wrapper wrapper(top.directory);
  if (wrapper.path().empty())
    return without(std::move(rendered), Outcome::failed, "no temporary directory can be made");
  const auto command = command_for(wrapper.path().string());
  if (!command) return without(std::move(rendered), Outcome::no_tool, "neither kustomize nor kubectl is in PATH");
  ChildResult result = run_child(*command, tool_environment(), {settings.time_limit, settings.most_bytes});
  if (!result.problem.empty()) return without(std::move(rendered), Outcome::failed, result.problem);
  if (result.exit_code != 0) return without(std::move(rendered), Outcome::failed, "failed: " + complaint(result.err));
  rendered.text = std::move(result.out);
  rendered.origins = wrapper.path().string();
  return rendered;
}

}  // namespace dotdiag
