// A file of findings that are known and shall not fail anybody: only what is new does. Made for repositories that begin
// with many.
#pragma once

#include "core/document/source.hpp"
#include "linter/file_report.hpp"
#include "linter/inputs.hpp"
#include "linter/summary.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dotdiag {

/// An entry says which rule found something about which workload and container of which file, and how often; not on
/// which line, and in no words that could change. So entries outlive lines that move. Where an entry's file is gone, it
/// counts in whatever file the workload is now.
class Baseline {
 public:
  /// Reads the file at `path`, for a run over `inputs`. Throws InputError where it cannot be read or is no baseline.
  Baseline(const std::string& path, const std::vector<Input>& inputs);

  /// Moves the findings that are known from `report.findings` to `report.suppressed`, and out of what `summary` counts.
  void take(FileReport& report, Summary& summary);

  /// The entries that nothing needed any more, as findings about the baseline; not those of files that were not part of
  /// the run.
  FileReport stale() const;

 private:
  struct Entry {
    std::string file;
    std::string identity;
    std::string about;  ///< for messages
    std::size_t left = 0;
    std::size_t offset = 0;
    bool is_gone = false;  ///< its file is
  };

  Entry* find(const std::string& file, const std::string& identity);

  std::string name_;
  std::shared_ptr<const Source> source_;
  std::vector<Entry> entries_;
  std::multimap<std::string, std::size_t> by_identity_;
  bool saw_directories_ = false;
};

/// Collects the findings of a run for a new baseline.
class NewBaseline {
 public:
  /// `path` is where it will be written: the files in it are named from there.
  explicit NewBaseline(std::string path) : path_(std::move(path)) {}

  /// Takes all findings of `report` but those for which something could not be read, and out of what `summary` counts.
  void take(FileReport& report, Summary& summary);

  std::size_t size() const { return size_; }
  /// One entry a line, sorted, so that versions can be compared and merged.
  std::string text() const;

 private:
  std::string path_;
  std::map<std::string, std::size_t> lines_;  // an entry without its count, and that
  std::size_t size_ = 0;
};

}  // namespace dotdiag
