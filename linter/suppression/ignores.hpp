// What the settings file says should not be shown: for manifests that one must not change.
#pragma once

#include "linter/finding.hpp"
#include "linter/glob.hpp"

#include <atomic>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// One entry of `ignores:`. What it does not name may be anything; names may hold `*`.
struct Ignore {
  std::string rule;  ///< an id, or the beginning of several
  std::string kind;
  std::string name_space;
  std::string name;
  std::string container;
  std::optional<Glob> path;  ///< from the directory of the settings file
  std::string reason;
  std::string expires;  ///< `2027-01-31`: the last day that it counts; empty: for ever
  Span at;              ///< where it is written in the settings file
};

/// All of them. Several threads may ask at once.
class Ignores {
 public:
  /// `root` is the directory of the settings file, `today` as `expires` is written. Those that have expired are kept,
  /// and do nothing.
  Ignores(std::vector<Ignore> entries, std::string root, std::string today);

  bool empty() const { return entries_.empty(); }

  /// The entry that suppresses `finding` in `file`; nullptr where none does.
  const Ignore* find(const std::string& file, const Finding& finding) const;

  /// Those that have expired, and those that suppressed nothing although what they name was found with something else:
  /// of files that were not part of the run nobody can tell. Each a finding about the settings file.
  std::vector<Finding> complaints() const;

 private:
  struct Entry {
    Ignore ignore;
    bool is_expired = false;
    mutable std::atomic<bool> is_used = false;
    mutable std::atomic<bool> is_met = false;  ///< something was found about what it names
  };

  std::deque<Entry> entries_;
  std::string root_;
};

}  // namespace dotdiag
