// What a run looked at, what it left out and why, and what it found. Nothing is skipped without being counted here.
#pragma once

#include "linter/finding.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace dotdiag {

struct Summary {
  std::size_t files = 0;
  std::size_t objects = 0;          ///< Kubernetes objects, with pods or without
  std::size_t other_documents = 0;  ///< documents that are no Kubernetes objects
  std::size_t unreadable = 0;       ///< files and documents that could not be read, and files that could not be written
  std::size_t judged = 0;           ///< workloads
  std::map<std::string, std::size_t> not_judged;  ///< workloads (and templates) by reason
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t notes = 0;
  std::size_t hidden = 0;      ///< of the above, those below --min-severity
  std::size_t suppressed = 0;  ///< findings that somebody decided not to see; none of the above
  std::size_t fixable = 0;
  std::size_t unsafely_fixable = 0;  ///< with --unsafe-fixes only
  std::size_t fixed = 0;
  std::size_t proved_by_one = 0;  ///< of the fixed ones, those that the second reader could not read
  std::size_t changed_files = 0;

  void add(const Summary& other);
  void count(Severity severity);
  /// Forgets a finding that was counted and not hidden.
  void take_back(const Finding& finding);
  std::size_t at_or_above(Severity severity) const;
  std::size_t not_judged_total() const;

  /// One line without a line break: `3 files, 4 workloads judged, 1 not judged (1 opted out): 6 errors, ...`.
  std::string text() const;
};

/// `1 file`, `2 files`.
std::string count_of(std::size_t count, std::string_view singular);

}  // namespace dotdiag
