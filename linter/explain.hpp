// Answers about findings: what one means (--explain), and which there are (--rules, docs/rules.md).
#pragma once

#include "core/policy/policy.hpp"

#include <ostream>
#include <string>
#include <string_view>

namespace dotdiag {

/// Explains the finding with the id `subject`, or what is behind the error message `subject`. Throws InputError where
/// it is neither, naming ids that are much like it.
void explain(const std::string& subject, const PolicySet& policies, std::ostream& out);

/// Every finding there is, one a line.
void list_as_text(const PolicySet& policies, std::ostream& out);
/// The same with all that is known, as a JSON document `{"version": 1, "rules": [...], "messages": [...]}`.
void list_as_json(const PolicySet& policies, std::ostream& out);
/// The reference that stands in docs/rules.md.
void list_as_markdown(const PolicySet& policies, std::ostream& out);

}  // namespace dotdiag
