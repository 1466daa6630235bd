// All that dotdiag-lint can find, with what there is to know about it: rules, requirements of policies, and its own
// findings about files.
#pragma once

#include "core/policy/policy.hpp"
#include "core/policy/severity.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct CatalogueEntry {
  enum class Origin {
    rule,         ///< one of core/policy/rules
    requirement,  ///< asked for by a policy
    linter,       ///< about a file or a document
  };
  Origin origin;
  std::string id;
  Severity severity;
  std::string summary;
  std::string why;
  std::string fix;
  std::string source;                 ///< a URL; empty for the linter's own
  std::vector<std::string> policies;  ///< of a requirement: the policies that ask for it
  std::vector<std::string> messages;  ///< error messages that lead here
};

/// Every entry, sorted by id. A requirement that several policies share is one entry.
std::vector<CatalogueEntry> catalogue(const PolicySet& policies);

/// The ids in `entries` that are much like `id`, for messages.
std::vector<std::string> similar_ids(const std::vector<CatalogueEntry>& entries, std::string_view id);

}  // namespace dotdiag
