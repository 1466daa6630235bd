// One YAML document as a flat list of nodes with exact ranges, before aliases and merge keys are worked out.
#pragma once

#include "core/document/document.hpp"
#include "core/document/yaml_events.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// How deep collections may nest, aliases included.
inline constexpr std::size_t max_yaml_depth = 1000;

/// How deep brackets and braces may nest: as deep as in JSON. For each token libyaml looks through all that are open,
/// and a few megabytes a thousand levels down would take it minutes.
inline constexpr std::size_t max_yaml_flow_depth = 100;

/// A node. The children of a collection follow it (of a mapping: key, value, key, value), each with its own children.
struct YamlItem {
  enum class Kind { scalar, sequence, mapping, alias };
  Kind kind = Kind::scalar;
  Style style = Style::plain;
  bool is_anchored = false;
  bool is_merge_key = false;
  std::size_t begin = 0;  ///< as Node::begin and Node::end
  std::size_t end = 0;
  std::size_t marker = 0;  ///< of an item of a block sequence its `-`, else the same as begin
  std::size_t next = 0;    ///< the index of the item behind the last descendant
  std::size_t target = 0;  ///< of an alias: the index of the anchored item
  /// Of a scalar: the string it is, or what else. Kept apart because most keys fit into a std::string without an
  /// allocation.
  std::string text;
  std::optional<Json> value;
};

/// Reads one document from `events`, behind its start up to and with its end, into `items`, whose capacity is reused.
/// Returns the offset where it ends. Throws YamlError also for what libyaml does not check: aliases, nesting, tags that
/// do not fit.
std::size_t compose(YamlEvents& events, const Source& source, std::vector<YamlItem>& items);

/// "nested deeper than 1,000 levels", at `offset`.
YamlError nested_too_deep(const Source& source, std::size_t offset);

}  // namespace dotdiag
