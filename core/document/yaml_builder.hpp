// Makes a document's value and its tree out of the composed list: aliases expanded, merge keys merged, the last of
// duplicate keys kept.
#pragma once

#include "core/document/yaml_composer.hpp"

#include <vector>

namespace dotdiag {

/// Fills root, tree, nodes and notes of `document` from `items`, which are used up. Throws YamlError.
///
/// A merge key acts where it stands, as in go-yaml v2: it overrides the members before it and is overridden by those
/// behind. Expansion has go-yaml v2's limit: more than 100 nodes through aliases, more than 1,000 in all, and a share
/// of aliases above 99% (falling to 10% between 400,000 and 4,000,000 nodes) is refused, so memory is bounded by the
/// size of the text.
void build(const Source& source, std::vector<YamlItem>& items, Document& document);

}  // namespace dotdiag
