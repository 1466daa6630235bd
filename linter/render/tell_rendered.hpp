// What is said about charts and kustomizations themselves, and how findings in what they render to differ from others.
#pragma once

#include "core/document/document.hpp"
#include "linter/finding.hpp"
#include "linter/lint.hpp"
#include "linter/render/rendered.hpp"
#include "linter/summary.hpp"

#include <vector>

namespace dotdiag {

/// Adds what is to be said where it was not rendered, and counts it.
void tell_rendered(const Rendered& rendered, Summary& summary, std::vector<Finding>& findings);

/// Says for each workload of `linted` what to write by hand, where something could be fixed.
void tell_by_hand(const Document& document, const Rendered& rendered, LintedDocument& linted);

/// Takes the findings of `linted` out of it. Nothing in them can be fixed. What was suppressed, and what is about
/// debuggers, goes to the others.
std::vector<Finding> take_rendered(const Rendered& rendered, LintedDocument& linted, std::vector<Finding>& suppressed,
                                   std::vector<Finding>& about_debuggers);

}  // namespace dotdiag
