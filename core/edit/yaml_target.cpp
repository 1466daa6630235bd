#include "core/edit/yaml_target.hpp"

#include "core/document/child.hpp"

#include "core/edit/text_edit.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view reaches_others = ", so the edit would reach every place that refers to it";

/// The name behind the first `sign` (`&` or `*`) at or after `from`, with its sign.
std::string anchor_name(std::string_view text, char sign, std::size_t from) {
  const std::size_t begin = std::min(text.find(sign, from), text.size());
  const std::size_t end = std::min(text.find_first_of(" \t\r\n,]}", begin), text.size());
  return std::string(text.substr(begin, end - begin));
}

/// The problem where the text of `step` serves other places too; empty where it does not.
std::string shared_problem(std::string_view text, const Step& step) {
  if (step.entry != nullptr && step.entry->origin == Origin::merged) return "comes from a merge key";
  if (step.node->is_alias) return "is an alias of &" + anchor_name(text, '*', step.node->begin).substr(1);
  if (!step.node->is_anchored) return {};
  const std::size_t from = step.entry == nullptr ? 0 : step.entry->key_end;
  return "is anchored as " + anchor_name(text, '&', std::min(from, step.node->begin));
}

const Entry* find_entry(const Step& container, std::string_view token) {
  const std::vector<Entry>& entries = container.node->entries;
  if (container.value->is_array()) {
    const std::size_t index = array_index(token);
    return index < entries.size() ? &entries[index] : nullptr;
  }
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == token; });
  return found == entries.end() ? nullptr : &*found;
}

/// Walks to the value that holds what `path` names.
bool walk(const Document& document, const Pointer& path, Target& target, Refusal& refusal) {
  Pointer at;
  target.way.push_back({document.tree, nullptr, &document.root});
  const std::size_t size = path.size();
  std::size_t depth = 0;
  for (const std::string_view token : path.tokens()) {
    const Step step = target.container();
    if (const std::string problem = shared_problem(target.text, step); !problem.empty()) {
      refusal = {at, problem, std::string(reaches_others)};
      return false;
    }
    if (!step.value->is_structured()) {
      refusal = {at, "is neither a mapping nor a list", ", so nothing can be added to it"};
      return false;
    }
    if (++depth == size) return true;
    at = std::move(at) / token;
    const Entry* entry = find_entry(step, token);
    const Json* value = child(*step.value, token);
    if (entry == nullptr || value == nullptr) {
      refusal = {at, "is not there", ", so nothing can be added to it"};
      return false;
    }
    target.way.push_back({entry->node, entry, value});
  }
  return true;
}

/// Settles what happens to the member or item that the last token names.
bool settle(const Edit& edit, Target& target, Refusal& refusal) {
  const std::string token = edit.path.back();
  const std::size_t size = target.container().value->size();
  const bool adds_item = target.is_list() && edit.operation == Operation::add;
  if (adds_item && (token == "-" || array_index(token) == size)) return true;
  if (adds_item) {
    refusal = {edit.path.parent(), "is a list", ": items are only added at its end"};
    return false;
  }
  if (!target.is_list()) target.key = token;
  target.entry = find_entry(target.container(), token);
  const bool merged = target.entry != nullptr && target.entry->origin == Origin::merged;
  if (edit.operation == Operation::add && (target.entry == nullptr || merged)) {
    target.entry = nullptr;  // a member of its own wins over a merged one
    return true;
  }
  if (target.entry == nullptr) {
    refusal = {edit.path, "is not there", ""};
    return false;
  }
  if (!merged && !target.entry->node->is_anchored) return true;
  refusal = {edit.path, shared_problem(target.text, {target.entry->node, target.entry, nullptr}),
             std::string(reaches_others)};
  return false;
}

}  // namespace

std::optional<Target> find_target(const Document& document, const Edit& edit, Refusal& refusal) {
  Target target;
  target.text = document.source->text();
  target.is_json = document.is_json;
  if (edit.path.empty()) {
    refusal = {{}, "", "the edit would replace the whole document"};
    return std::nullopt;
  }
  if (!walk(document, edit.path, target, refusal) || !settle(edit, target, refusal)) return std::nullopt;
  return target;
}

}  // namespace dotdiag
