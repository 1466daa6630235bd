// Reads YAML the way kubectl does, and knows where everything stands.
#pragma once

#include "core/document/document.hpp"

#include <memory>
#include <optional>

namespace dotdiag {

/// Reads a stream of YAML documents one at a time, so that memory is bounded by the largest document.
///
/// Scalars are resolved by go-yaml v2's YAML 1.1 table, as in sigs.k8s.io/yaml which kubectl uses: plain `yes`, `on`,
/// `y` are booleans, `010` is eight, `~` is null, keys become strings. Merge keys are merged, aliases expanded under
/// go-yaml's limit, the last of duplicate keys wins (and is noted). Nesting is limited to 1,000 levels, of brackets and
/// braces to 100. An error ends its document only: reading goes on at the next line that starts with `---`.
class YamlReader {
 public:
  explicit YamlReader(std::shared_ptr<const Source> source);
  ~YamlReader();
  YamlReader(const YamlReader&) = delete;
  YamlReader& operator=(const YamlReader&) = delete;

  /// The next document, or nothing at the end. Empty and comment-only documents are skipped.
  std::optional<Document> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dotdiag
