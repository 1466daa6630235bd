#include "linter/config.hpp"

#include "core/document/reader.hpp"
#include "core/document/schema.hpp"
#include "linter/embedded.hpp"

#include <filesystem>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = ".dotdiag-lint.yaml";

}  // namespace

Config read_config(const std::string& path) {
  const Document document = read_only_document(path);
  Schema(embedded_linter_files()[0].text).check(document);
  Config config;
  for (const Json& name : items_member(document.root, "policies"))
    config.policies.push_back(name.get<std::string>());
  const auto text = [&](const char* key) { return text_member(document.root, key); };
  config.surroundings.pod_security = pod_security_named(text("podSecurity")).value_or(PodSecurity::unknown);
  config.surroundings.platform = platform_named(text("platform")).value_or(Platform::unknown);
  config.surroundings.kubernetes = Version::parse(text("kubernetesVersion"));
  config.surroundings.runtime = Version::parse(text("runtimeVersion"));
  return config;
}

std::optional<std::string> find_config() {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  for (fs::path folder = here; !error && !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / file_name, error))
      return (folder == here ? fs::path(file_name) : folder / file_name).string();
    if (fs::exists(folder / ".git", error) || folder == folder.root_path()) break;
  }
  return std::nullopt;
}

}  // namespace dotdiag
