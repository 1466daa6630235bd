#include "core/edit/yaml_change.hpp"

namespace dotdiag {
namespace {

bool is_empty_flow(std::string_view text, const Node& node) {
  if (node.style != Style::flow || node.end - node.begin < 2) return false;
  return node.entries.empty() && skip_blanks(text, text.find_first_of("{[", node.begin) + 1) == node.end - 1;
}

/// `{}` and `[]` inside block style are opened into block style: that is how a person would go on.
bool opens_into_block(const Target& target) {
  if (target.is_json || target.way.size() < 2 || target.way[target.way.size() - 2].node->style != Style::block)
    return false;
  const Step& container = target.container();
  return container.entry != nullptr && is_empty_flow(target.text, *container.node);
}

Json only_member(const Target& target, const Json& value) {
  if (target.is_list()) return Json::array({value});
  Json object = Json::object();
  object[target.key] = value;
  return object;
}

}  // namespace

TextChanges plan_change(const Target& target, const Edit& edit, const Layout& layout) {
  const Step& container = target.container();
  const bool in_block = container.node->style == Style::block;
  if (edit.operation == Operation::remove) return in_block ? remove_in_block(target) : remove_in_flow(target);
  if (target.entry != nullptr)
    return in_block ? set_in_block(target, container, *target.entry, edit.value, layout)
                    : set_in_flow(target, edit.value, layout);
  if (in_block) return add_in_block(target, edit.value, layout);
  if (!opens_into_block(target)) return add_in_flow(target, edit.value, layout);
  const Step& parent = target.way[target.way.size() - 2];
  return set_in_block(target, parent, *container.entry, only_member(target, edit.value), layout);
}

}  // namespace dotdiag
