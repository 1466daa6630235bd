// Where a manifest says that a finding is not to be shown: in a comment or in an annotation.
#pragma once

#include "core/document/document.hpp"
#include "core/document/workload.hpp"
#include "linter/finding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// One such place.
struct Directive {
  Span at;                         ///< where it is written
  std::vector<std::string> rules;  ///< ids; empty: all of them
  std::string reason;
  std::string problem;    ///< not empty: it means nothing, and why
  std::string remedy;     ///< with a problem
  Span line;              ///< of a comment: the line that it is about
  std::string container;  ///< of an annotation: the one that it is about; empty: the whole workload
  mutable bool is_used = false;
  mutable std::vector<std::string> used;  ///< of `rules`

  bool names(std::string_view rule) const;
};

/// The comments of `document` that begin with `dotdiag-lint:`, such as
/// `# dotdiag-lint: ignore[sys-ptrace, tmpdir] -- the platform forbids it`. One that stands alone is about the next
/// line that is no comment, one behind something about its own line.
std::vector<Directive> comment_directives(const Document& document);

/// The annotations `ignore.dotdiag.io/RULE: REASON` and `ignore.dotdiag.io/RULE.CONTAINER: REASON` of `workload`, its
/// own and those of its pod template.
std::vector<Directive> annotation_directives(const Document& document, const Workload& workload);

}  // namespace dotdiag
