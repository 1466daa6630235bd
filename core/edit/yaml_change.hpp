// One edit as changes to the text: the edit's place decides whether that is block or flow style.
#pragma once

#include "core/edit/text_edit.hpp"
#include "core/edit/yaml_layout.hpp"
#include "core/edit/yaml_target.hpp"

namespace dotdiag {

/// The changes that make `edit` at `target`; none where the text is written in a way that is not understood.
TextChanges plan_change(const Target& target, const Edit& edit, const Layout& layout);

/// Adds to a block collection that is not empty.
TextChanges add_in_block(const Target& target, const Json& value, const Layout& layout);

/// Gives the entry of `parent`, a block collection, another value.
TextChanges set_in_block(const Target& target, const Step& parent, const Entry& entry, const Json& value,
                         const Layout& layout);

/// Removes target.entry from a block collection.
TextChanges remove_in_block(const Target& target);

/// Adds to a flow collection, also to an empty one.
TextChanges add_in_flow(const Target& target, const Json& value, const Layout& layout);

/// Gives target.entry, a member or item of a flow collection, another value.
TextChanges set_in_flow(const Target& target, const Json& value, const Layout& layout);

/// Removes target.entry from a flow collection.
TextChanges remove_in_flow(const Target& target);

}  // namespace dotdiag
