#include "core/edit/yaml_snippet.hpp"

#include "core/edit/yaml_layout.hpp"
#include "core/edit/yaml_writer.hpp"

#include <algorithm>
#include <cctype>

namespace dotdiag {
namespace {

bool is_simple(std::string_view key) {
  const auto is_plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
  return !key.empty() && std::all_of(key.begin(), key.end(), is_plain);
}

/// `spec.containers[0]`, `metadata.annotations["example.com/a"]`.
std::string readable(const Pointer& pointer) {
  std::string result;
  for (const std::string_view token : pointer.tokens()) {
    if (array_index(token) != npos)
      result += "[" + std::string(token) + "]";
    else if (is_simple(token))
      result += (result.empty() ? "" : ".") + std::string(token);
    else
      result += "[" + Json(token).dump(-1, ' ', false, Json::error_handler_t::replace) + "]";
  }
  return result;
}

std::string line_of(const Document& document, const Pointer& pointer) {
  if (document.error || document.tree == nullptr) return {};
  return " (line " + std::to_string(document.source->position(offset_of(document, pointer)).line) + ")";
}

bool is_item(const Document& document, const Edit& edit) {
  const std::string token = edit.path.back();
  const Json* parent = value_at(document.root, edit.path.parent());
  return token == "-" || (parent != nullptr ? parent->is_array() : array_index(token) != npos);
}

std::string place(const Document& document, const Edit& edit) {
  if (edit.path.empty()) return "# the whole document\n";
  const bool item = is_item(document, edit);
  if (edit.operation == Operation::remove)
    return "# remove " + readable(edit.path) + line_of(document, edit.path) + "\n";
  if (item && edit.path.back() != "-")
    return "# in place of " + readable(edit.path) + line_of(document, edit.path) + "\n";
  const Pointer parent = edit.path.parent();
  if (parent.empty()) return "# at the top level\n";
  return "# under " + readable(parent) + line_of(document, parent) + "\n";
}

std::string written(const Document& document, const Edit& edit, const BlockLayout& layout) {
  if (edit.operation == Operation::remove) return {};
  if (edit.path.empty())
    return is_block(edit.value) ? write_block(edit.value, 0, layout) : write_inline(edit.value) + "\n";
  return is_item(document, edit) ? write_item(edit.value, 0, layout)
                                 : write_member(edit.path.back(), edit.value, 0, layout);
}

}  // namespace

std::string write_snippet(const Document& document, const Edits& edits) {
  BlockLayout layout;
  if (document.tree != nullptr) layout = layout_of(document).block;
  layout.line_break = "\n";
  std::string result;
  std::string last_place;
  for (const Edit& edit : edits) {
    const std::string here = place(document, edit);
    if (here != last_place) result += here;
    result += written(document, edit, layout);
    last_place = here;
  }
  return result;
}

}  // namespace dotdiag
