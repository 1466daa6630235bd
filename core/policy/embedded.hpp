// Files that were built into the programs: policies/ as it was at build time.
#pragma once

#include <string_view>
#include <vector>

namespace dotdiag {

struct EmbeddedFile {
  std::string_view name;  ///< `dotnet-dump.yaml`
  std::string_view text;
};

/// policies/*.yaml and policies/policy.schema.json, sorted by name.
const std::vector<EmbeddedFile>& embedded_policies();

}  // namespace dotdiag
