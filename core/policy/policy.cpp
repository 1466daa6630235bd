#include "core/policy/policy.hpp"

#include "core/document/document.hpp"
#include "core/document/reader.hpp"
#include "core/document/schema.hpp"
#include "core/document/yaml_reader.hpp"
#include "core/policy/embedded.hpp"
#include "core/policy/kinds.hpp"
#include "core/policy/words.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

namespace dotdiag {
namespace {

constexpr std::string_view schema_file = "policy.schema.json";

const Schema& policy_schema() {
  static const Schema schema = [] {
    const auto& files = embedded_policies();
    const auto found =
        std::find_if(files.begin(), files.end(), [](const auto& file) { return file.name == schema_file; });
    return Schema(found->text);
  }();
  return schema;
}

InputError fault(const Document& document, const Pointer& at, std::string what, std::string remedy) {
  return document.source->error(offset_of(document, at), std::move(what), std::move(remedy));
}

/// Makes sure that the requirement named at `at` has a volume.
void check_reference(const Document& document, const Pointer& at, const std::set<std::string>& volumes) {
  const std::string& id = value_at(document.root, at)->get_ref<const std::string&>();
  if (volumes.count(id) != 0) return;
  throw fault(document, at, "`" + id + "` is not the id of a shared-volume requirement of this policy",
              "use one of: " + joined(volumes));
}

/// What the schema cannot say: ids are unique, and references lead somewhere.
void check_consistency(const Document& document) {
  std::set<std::string> ids;
  std::set<std::string> volumes;
  const auto& requirements = document.root.at("requirements");
  const Pointer list = Pointer{} / "requirements";
  for (std::size_t index = 0; index < requirements.size(); ++index) {
    const auto id = requirements[index].at("id").get<std::string>();
    if (!ids.insert(id).second)
      throw fault(document, list / index / "id", "the id `" + id + "` is used twice",
                  "give each requirement its own id");
    if (requirements[index].at("kind") == "shared-volume") volumes.insert(id);
  }
  for (std::size_t index = 0; index < requirements.size(); ++index) {
    if (requirements[index].contains("directoryOf")) check_reference(document, list / index / "directoryOf", volumes);
  }
  const Pointer mounts = Pointer{} / "debugger" / "mounts";
  for (std::size_t index = 0; index < value_at(document.root, mounts)->size(); ++index)
    check_reference(document, mounts / index, volumes);
}

Requirement read_requirement(const Json& json) {
  const auto text = [&](const char* key) { return json.at(key).get<std::string>(); };
  return {text("id"),  text("kind"),   text("summary"),
          text("why"), text("source"), severity_named(json.value("severity", "")),
          json};
}

Document read_policy(std::string_view text, const std::string& file_name) {
  const auto source = std::make_shared<const Source>(file_name, std::string(text));
  YamlReader reader(source);
  auto document = reader.next();
  if (!document)
    throw InputError(file_name, {}, "the file is empty", "see policies/README.md for the format of a policy");
  if (document->error) throw *document->error;
  if (reader.next())
    throw InputError(file_name, {}, "the file holds more than one document", "put each policy into a file of its own");
  return std::move(*document);
}

/// `root` must be what the schema and check_consistency() ask for.
Policy policy_of(const Json& root) {
  Policy policy{root.at("name").get<std::string>(),
                root.at("summary").get<std::string>(),
                {},
                root.at("debugger"),
                root.value("native", Json())};
  for (const Json& requirement : root.at("requirements"))
    policy.requirements.push_back(read_requirement(requirement));
  return policy;
}

}  // namespace

Policy load_policy(std::string_view text, const std::string& file_name) {
  const Document document = read_policy(text, file_name);
  policy_schema().check(document);
  check_consistency(document);
  return policy_of(document.root);
}

const Requirement* Policy::find(std::string_view id) const {
  const auto found =
      std::find_if(requirements.begin(), requirements.end(), [&](const auto& one) { return one.id == id; });
  return found == requirements.end() ? nullptr : &*found;
}

const PolicySet& PolicySet::builtin() {
  static const PolicySet set = [] {
    PolicySet built;
    for (const EmbeddedFile& file : embedded_policies()) {
      const std::string name = "policies/" + std::string(file.name);
      if (file.name != schema_file) built.add(policy_of(read_policy(file.text, name).root), name);
    }
    return built;
  }();
  return set;
}

std::vector<std::string> policy_files(const std::string& directory) {
  std::error_code failure;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory, failure)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  }
  if (failure)
    throw InputError(directory, {}, "cannot be read: " + failure.message(), "name a directory of policy files");
  if (paths.empty()) throw InputError(directory, {}, "holds no *.yaml file", "name a directory of policy files");
  std::sort(paths.begin(), paths.end());
  return paths;
}

PolicySet PolicySet::from_directory(const std::string& directory) {
  PolicySet set;
  for (const std::string& path : policy_files(directory))
    set.add(load_policy(read_bytes(path), path), path);
  return set;
}

void PolicySet::add(Policy policy, const std::string& file_name) {
  const auto by_name = [](const Policy& left, const Policy& right) { return left.name < right.name; };
  const auto place = std::lower_bound(policies_.begin(), policies_.end(), policy, by_name);
  if (place != policies_.end() && place->name == policy.name) {
    throw InputError(file_name, {}, "another file defines the policy `" + policy.name + "` already",
                     "rename one of them");
  }
  policies_.insert(place, std::move(policy));
}

const Policy* PolicySet::find(std::string_view name) const {
  const auto found =
      std::find_if(policies_.begin(), policies_.end(), [&](const Policy& policy) { return policy.name == name; });
  return found == policies_.end() ? nullptr : &*found;
}

std::string PolicySet::names() const {
  std::vector<std::string_view> names;
  for (const Policy& policy : policies_)
    names.push_back(policy.name);
  return joined(names);
}

}  // namespace dotdiag
