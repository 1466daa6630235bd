// What tells one finding from another, and stays the same where lines move.
#pragma once

#include "linter/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace dotdiag {

/// What `finding` is about, without saying in which file or on which line: rule, workload and container. Where it is
/// about no workload, its message takes their place.
std::string identity_of(const Finding& finding);

/// Fingerprints of the findings of one run, each unique in it: of several that are alike, the second one's differs
/// because it is the second.
class Fingerprints {
 public:
  /// `file` is part of it, as it is given. 16 hexadecimal digits.
  std::string of(const std::string& file, const Finding& finding);

 private:
  std::map<std::string, std::size_t> seen_;
};

}  // namespace dotdiag
