// Which rules are to speak, and how loudly.
#pragma once

#include "core/document/error.hpp"
#include "core/policy/severity.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct CatalogueEntry;

/// A choice of rules by their ids or the beginnings of them (`monitor-` is all that begin so). Of several that fit a
/// rule the longest decides; of two that are the same, the one that leaves it out.
class Selection {
 public:
  /// `only`: where it is not empty, the rules that speak; `ignored` do not, unless `also` names them more precisely.
  Selection(std::vector<std::string> only, const std::vector<std::string>& also, std::vector<std::string> ignored);
  Selection() = default;

  bool has(std::string_view rule) const;

  /// The same without the rules `ignored`.
  Selection without(const std::vector<std::string>& ignored) const;

 private:
  std::vector<std::string> selected_ = {""};  // every id begins with nothing
  std::vector<std::string> ignored_;
};

/// Severities that somebody gave to rules, by id.
using Severities = std::map<std::string, Severity>;

/// Throws InputError where `prefix` is the beginning of no id in `entries`; `where` and `at` say who named it
/// (`--select`, or a place in a file).
void check_prefix(const std::vector<CatalogueEntry>& entries, const std::string& prefix, const std::string& where,
                  Position at = {});

/// The same for an id as a whole.
void check_id(const std::vector<CatalogueEntry>& entries, const std::string& id, const std::string& where,
              Position at = {});

}  // namespace dotdiag
