// A text as a JSON string. All the JSON that is written here is simple enough for that.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag::diagnostics {

/// With its quotes. `text` is UTF-8.
std::string json_text(std::string_view text);

}  // namespace dotdiag::diagnostics
