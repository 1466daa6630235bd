#include "linter/settings_by_file.hpp"

#include "linter/config.hpp"
#include "linter/place.hpp"

#include <filesystem>

namespace dotdiag {
namespace {

/// Standard input has the settings of the current directory.
std::string directory_of(const Input& input) {
  return input.path == "-" ? "" : std::filesystem::path(input.path).parent_path().string();
}

}  // namespace

SettingsByFile::SettingsByFile(const RunSettings& settings, const std::vector<Input>& inputs) {
  by_config_[settings.config.value_or("")] = &all_.emplace_back(settings);
  for (const Input& input : inputs) {
    const auto [known, is_new] = by_directory_.try_emplace(directory_of(input));
    if (is_new) known->second = &settings_for(settings, known->first);
  }
  for (Settings& one : all_) {
    one.file.lint.context = read_context(one.surroundings, inputs);
    one.file.lint.ignores = one.ignores.get();
    one.file.lint.sources = settings.file.lint.sources;
    one.file.show_fixes = settings.file.show_fixes;
    one.file.blocks = settings.file.blocks;
    one.file.lint.ways = settings.file.lint.ways;
  }
}

const Settings& SettingsByFile::settings_for(const RunSettings& settings, const std::string& directory) {
  if (!settings.with_config) return all_.front();
  const std::string config = find_config(directory).value_or("");
  const auto [known, is_new] = by_config_.try_emplace(config);
  if (is_new) known->second = &all_.emplace_back(settings.with_config(config));
  return *known->second;
}

const FileSettings& SettingsByFile::of(const Input& input) const {
  return by_directory_.at(directory_of(input))->file;
}

std::vector<FileReport> SettingsByFile::complaints() const {
  std::vector<FileReport> reports;
  for (const Settings& one : all_) {
    if (!one.ignores || !one.source) continue;
    FileReport report{one.source->name(), one.ignores->complaints(), {}, {}};
    std::erase_if(report.findings, [&](const Finding& finding) { return !one.file.lint.selection.has(finding.rule); });
    if (report.findings.empty()) continue;
    place(*one.source, report.findings);
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace dotdiag
