// What stands between the nodes of a YAML text: white space, comments, anchors and tags.
#pragma once

#include "core/document/yaml_events.hpp"

#include <cstddef>
#include <string_view>

namespace dotdiag {

/// The offset behind the white space, line breaks and comments at `offset`.
std::size_t skip_yaml_space(std::string_view text, std::size_t offset);

/// What a node's text begins with.
struct Properties {
  bool has_tag = false;  ///< true also for a lone `!`, which libyaml does not report
  std::size_t end = 0;   ///< where the value's own text begins
};

/// The anchor and the tag of the node that `event` starts.
Properties skip_properties(std::string_view text, const YamlEvent& event);

/// The end of the literal or folded scalar `event` whose `|` or `>` is at `begin`: behind the line break of its last
/// line. libyaml goes on over the empty lines below; they are part of the value only where the scalar keeps them
/// (`|+`).
std::size_t block_scalar_end(std::string_view text, const YamlEvent& event, std::size_t begin);

}  // namespace dotdiag
