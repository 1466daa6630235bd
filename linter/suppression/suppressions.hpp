// Takes out of the findings of a document what the document itself says should not be shown.
#pragma once

#include "linter/catalogue.hpp"
#include "linter/selection.hpp"
#include "linter/suppression/directive.hpp"
#include "linter/suppression/ignores.hpp"

#include <vector>

namespace dotdiag {

/// The suppressions of one document, and those of the settings that are about it.
class Suppressions {
 public:
  /// `ignores` may be nullptr.
  Suppressions(const Document& document, const Ignores* ignores);

  /// Adds the annotations of `workload`, which the following calls of take() are about.
  void begin_workload(const Workload& workload);

  /// Moves what is suppressed from `findings` to `suppressed`.
  void take(std::vector<Finding>& findings, std::vector<Finding>& suppressed);

  /// True where the document has suppressions of its own.
  bool has_directives() const;

  /// What is wrong with the suppressions themselves: those that mean nothing, and those that no finding needed. Of
  /// rules that `selection` leaves out nobody can tell. `entries` is what can be found.
  std::vector<Finding> complaints(const Selection& selection, const std::vector<CatalogueEntry>& entries) const;

 private:
  const Directive* find(const Finding& finding) const;
  std::optional<Suppression> suppression_of(const Finding& finding) const;
  bool is_idle() const;

  const Document& document_;
  const Ignores* ignores_;
  std::vector<Directive> comments_;
  std::vector<Directive> annotations_;  // of all workloads
  std::size_t first_of_workload_ = 0;   // the current one's begin here
};

}  // namespace dotdiag
