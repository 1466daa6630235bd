#include "linter/config.hpp"

#include "core/document/reader.hpp"
#include "linter/catalogue.hpp"
#include "linter/configure.hpp"
#include "linter/embedded.hpp"
#include "linter/sources/languages.hpp"

#include <filesystem>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = ".dotdiag-lint.yaml";

std::vector<std::string> words(const Json& object, const char* key) {
  std::vector<std::string> words;
  for (const Json& word : items_member(object, key))
    words.push_back(word.get<std::string>());
  return words;
}

std::vector<Glob> globs(const Json& object, const char* key) {
  std::vector<Glob> globs;
  for (const std::string& pattern : words(object, key))
    globs.emplace_back(pattern);
  return globs;
}

Severities severities(const Json& root) {
  Severities severities;
  if (const Json* chosen = member(root, "severity"))
    for (const auto& [rule, severity] : chosen->items())
      severities[rule] = severity_named(severity.get<std::string>());
  return severities;
}

Ignore ignore_of(const Document& document, const Pointer& at, const Json& item) {
  const auto text = [&](const char* key) { return std::string(text_member(item, key)); };
  Ignore ignore{text("rule"),   text("kind"),      text("namespace"),
                text("name"),   text("container"), std::nullopt,
                text("reason"), text("expires"),   {}};
  if (const std::string path = text("path"); !path.empty()) ignore.path = Glob(path);
  const std::size_t begin = offset_of(document, at);
  ignore.at = {begin, begin + 1};
  return ignore;
}

std::vector<Ignore> ignores(const Document& document) {
  std::vector<Ignore> ignores;
  const Pointer list = Pointer{} / "ignores";
  for (const Json& item : items_member(document.root, "ignores"))
    ignores.push_back(ignore_of(document, list / ignores.size(), item));
  return ignores;
}

/// A misspelt rule would be a setting without effect.
void check_rule_names(const Document& document, const std::vector<CatalogueEntry>& entries) {
  const auto check = [&](const Pointer& at, const std::string& prefix) {
    const Position position = document.source->position(offset_of(document, at));
    check_prefix(entries, prefix, document.source->name(), position);
  };
  for (const char* key : {"select", "extendSelect", "ignore"}) {
    std::size_t index = 0;
    for (const std::string& rule : words(document.root, key))
      check(Pointer{} / key / index++, rule);
  }
  if (const Json* chosen = member(document.root, "severity"))
    for (const auto& [rule, severity] : chosen->items())
      check_id(entries, rule, document.source->name(),
               document.source->position(offset_of(document, Pointer{} / "severity" / rule)));
  std::size_t index = 0;
  for (const Json& item : items_member(document.root, "ignores"))
    check(Pointer{} / "ignores" / index++ / "rule", std::string(text_member(item, "rule")));
}

/// `written` as it counts from the settings file.
fs::path from_file(const std::string& file, std::string_view written) {
  return (fs::path(file).parent_path() / written).lexically_normal();
}

ImageMapping mapping_of(const std::string& file, const Json& item) {
  ImageMapping mapping;
  mapping.image = text_member(item, "image");
  const std::string_view source = text_member(item, "source");
  if (!source.empty()) mapping.source = from_file(file, source);
  const std::string_view runtime = text_member(item, "runtime");
  if (!runtime.empty()) mapping.language = runtime == "dotnet" ? dotnet_language : "something else";
  return mapping;
}

}  // namespace

Config read_config(const std::string& path, const std::vector<CatalogueEntry>& entries) {
  const Document document = read_only_document(path);
  embedded_schema("config").check(document);
  if (!entries.empty()) check_rule_names(document, entries);
  const Json& root = document.root;
  const auto text = [&](const char* key) { return text_member(root, key); };
  Config config;
  config.source = document.source;
  std::error_code error;
  config.directory = fs::absolute(path, error).lexically_normal().parent_path();
  config.policies = words(root, "policies");
  config.surroundings.pod_security = pod_security_named(text("podSecurity")).value_or(PodSecurity::unknown);
  config.surroundings.platform = platform_named(text("platform")).value_or(Platform::unknown);
  config.surroundings.kubernetes = Version::parse(text("kubernetesVersion"));
  config.surroundings.runtime = Version::parse(text("runtimeVersion"));
  config.select = words(root, "select");
  config.extend_select = words(root, "extendSelect");
  config.ignore = words(root, "ignore");
  config.severities = severities(root);
  for (const Json& item : items_member(root, "perFileIgnores"))
    config.per_file_ignores.push_back({globs(item, "files"), words(item, "rules")});
  config.ignores = ignores(document);
  config.exclude = globs(root, "exclude");
  config.fail_on = text("failOn");
  if (!text("baseline").empty()) config.baseline = fs::path(path).parent_path() / text("baseline");
  config.sources = text("sources");
  if (!config.sources.empty() && config.sources != "auto" && config.sources != "none")
    config.sources = from_file(path, config.sources);
  for (const Json& item : items_member(document.root, "images"))
    config.images.push_back(mapping_of(path, item));
  config.render.is_on = text("render") != "none";
  for (const Json& file : items_member(document.root, "values"))
    config.render.values.push_back(from_file(path, file.get<std::string>()));
  return config;
}

std::optional<std::string> find_config(const std::string& directory) {
  std::error_code error;
  const fs::path current = fs::current_path(error);
  const fs::path here = directory.empty() ? current : fs::absolute(directory, error).lexically_normal();
  for (fs::path folder = here; !error && !folder.empty(); folder = folder.parent_path()) {
    std::error_code ignored;
    if (fs::exists(folder / file_name, ignored))
      return (folder == current ? fs::path(file_name) : folder / file_name).string();
    if (fs::exists(folder / ".git", ignored) || folder == folder.root_path()) break;
  }
  return std::nullopt;
}

}  // namespace dotdiag
