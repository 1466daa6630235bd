// The files that were built into dotdiag-lint, as they were at build time: the schemas of what it reads and writes, and
// how its page looks.
#pragma once

#include "core/document/schema.hpp"
#include "core/policy/embedded.hpp"

#include <string_view>

namespace dotdiag {

const std::vector<EmbeddedFile>& embedded_linter_files();

/// The text of the file called `name`, which must be one of them.
std::string_view embedded_text(std::string_view name);

/// The text of the schema called `name`: `config`, `report` or `baseline`; empty where there is none.
std::string_view embedded_schema_text(std::string_view name);

/// The schema called `name`, which must exist.
Schema embedded_schema(std::string_view name);

}  // namespace dotdiag
