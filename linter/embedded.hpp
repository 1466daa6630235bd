// The file that was built into dotdiag-lint: config.schema.json as it was at build time.
#pragma once

#include "core/policy/embedded.hpp"

namespace dotdiag {

const std::vector<EmbeddedFile>& embedded_linter_files();

}  // namespace dotdiag
