#include "tests/e2e/installations.hpp"

#include "core/document/reader.hpp"
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace dotdiag::test {
namespace {

const std::filesystem::path root = source_path();

Installation installation_of(const std::string& line) {
  Installation result{line, {}};
  std::istringstream words(line);
  for (std::string word; words >> word;)
    if (word != "base") result.components.push_back(word);
  return result;
}

/// `cert-manager` is `certManager.enabled` among the chart's values.
std::string value_of(const std::string& component) {
  std::string name;
  for (std::size_t i = 0; i < component.size(); ++i)
    name += component[i] == '-' ? static_cast<char>(std::toupper(component[++i])) : component[i];
  return name + ".enabled=true";
}

/// kustomize takes no absolute paths.
std::string kustomization(const Installation& installation, const std::filesystem::path& directory) {
  const std::filesystem::path manifests = std::filesystem::relative(root / "manifests", directory);
  std::string text = "resources:\n  - " + (manifests / "base").string() + "\ncomponents:\n";
  for (const std::string& component : installation.components)
    text += "  - " + (manifests / "components" / component).string() + "\n";
  return text;
}

}  // namespace

bool Installation::needs_definitions() const {
  return std::any_of(components.begin(), components.end(), [](const std::string& component) {
    return component == "cert-manager" || component == "monitoring";
  });
}

std::vector<Installation> installations() {
  std::vector<Installation> result;
  std::istringstream lines(read_text(root / "tests/manifests/installations.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    const Installation installation = installation_of(line);
    if (!installation.needs_definitions() || std::getenv("DOTDIAG_DEFINITIONS") != nullptr)
      result.push_back(installation);
  }
  return result;
}

KustomizeDirectory::KustomizeDirectory(const Installation& installation) {
  if (installation.components.size() <= 1) {
    path_ = root / "manifests" / (installation.components.empty() ? "base" : "overlays/" + installation.name);
    return;
  }
  made_ = std::make_unique<TemporaryDirectory>();
  made_->write("kustomization.yaml", kustomization(installation, std::filesystem::canonical(made_->path())));
  path_ = made_->path();
}

std::string chart_text(const Installation& installation) {
  if (std::getenv("DOTDIAG_HELM") == nullptr) throw std::runtime_error("DOTDIAG_HELM is not set: run ./dev e2e");
  std::vector<std::string> command = {std::getenv("DOTDIAG_HELM"),
                                      "template",
                                      "dotdiag",
                                      root / "manifests/chart",
                                      "--namespace",
                                      "dotdiag-system",
                                      "--no-hooks"};
  for (const std::string& component : installation.components)
    command.insert(command.end(), {"--set", value_of(component)});
  const ProcessResult result = run_process(command);
  if (result.exit_code != 0) throw std::runtime_error("helm: " + result.err);
  return result.out;
}

std::vector<Json> objects_in(const std::string& text) {
  std::vector<Json> objects;
  for (const Document& document : read_documents(std::make_shared<const Source>("rendered", text)))
    if (!document.error && document.root.is_object()) objects.push_back(document.root);
  return objects;
}

}  // namespace dotdiag::test
