// Which settings count for which file: those of the nearest settings file above it.
#pragma once

#include "linter/run.hpp"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace dotdiag {

/// The settings of a run, by file. All files are known beforehand, so that lookups are safe from several threads.
class SettingsByFile {
 public:
  /// Reads every settings file above `inputs`, and what the inputs say about where workloads run. Throws InputError
  /// where a settings file is wrong.
  SettingsByFile(const RunSettings& settings, const std::vector<Input>& inputs);

  const FileSettings& of(const Input& input) const;

  /// What is wrong with the suppressions in settings files, once everything was judged.
  std::vector<FileReport> complaints() const;

 private:
  const Settings& settings_for(const RunSettings& settings, const std::string& directory);

  std::deque<Settings> all_;
  std::map<std::string, const Settings*> by_config_;     // the path of a settings file; empty: none
  std::map<std::string, const Settings*> by_directory_;  // of an input
};

}  // namespace dotdiag
