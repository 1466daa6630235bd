// A second opinion on what a text says. A fix proves itself by reading its own result, and a fault of the reader that
// wrote it would be invisible to that reader. This one is yaml-cpp (for JSON, nlohmann_json's parser), which has no
// line in common with it, and neither has what is made of its scalars here.
#pragma once

#include "core/document/json.hpp"

#include <string>
#include <string_view>

namespace dotdiag {

struct SecondReading {
  enum class Verdict { agrees, differs, cannot_read };
  Verdict verdict = Verdict::agrees;
  std::string where;  ///< with Verdict::differs: a JSON Pointer to the first difference
};

/// Whether `text`, one document, says `expected` to the second reader too: its structure and every scalar, but for line
/// breaks at the end of a text, of which yaml-cpp 0.7 loses some. Lone CR line breaks and what else it does not know
/// are Verdict::cannot_read.
SecondReading read_by_another(std::string_view text, const Json& expected, bool is_json);

}  // namespace dotdiag
