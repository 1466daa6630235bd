// Any pointer, document and patch, between record separators: a pointer prints as it was read, a patch applies or is
// refused with PatchError, and where another library applies it too, it makes the same of it.
#include "core/edit/json_patch.hpp"

#include "core/document/json_reader.hpp"
#include "core/document/utf.hpp"
#include "fuzz/property.hpp"

#include <optional>

namespace dotdiag::fuzz {
namespace {

std::optional<Pointer> read_pointer(std::string_view text) {
  try {
    return Pointer::parse(text);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

std::optional<Json> read_value(std::string_view text) {
  try {
    return read_json(text, "input");
  } catch (const InputError&) {
    return std::nullopt;
  }
}

std::optional<Json> patched_by_us(Json document, const Json& patch) {
  try {
    apply_json_patch(document, patch);
    return document;
  } catch (const PatchError&) {
    return std::nullopt;
  }
}

std::optional<Json> patched_by_nlohmann(const Json& document, const Json& patch) {
  try {
    return document.patch(patch);
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

void check_pointer(std::string_view text, const Json& document) {
  const auto pointer = read_pointer(text);
  if (!pointer) return;
  require(pointer->text() == text, "a pointer prints as it was read", pointer->text());
  const Json* value = value_at(document, *pointer);
  if (pointer->empty() || value == nullptr) return;
  const Json* parent = value_at(document, pointer->parent());
  require(parent != nullptr && parent->is_structured(), "what is found is in an object or an array");
}

/// An edit that fits is an operation that applies, and both do the same.
void check_set_member(std::string_view text, const Json& document) {
  const auto pointer = read_pointer(text);
  if (!pointer || !can_hold(document, *pointer)) return;
  Json edited = document;
  const Edit edit = set_member(document, *pointer, "new");
  apply(edited, edit);
  const Json* value = value_at(edited, *pointer);
  require(value != nullptr && *value == "new", "a member that was set is there", edited.dump());
  const auto patched = patched_by_us(document, Json::parse(write_json_patch({edit})));
  require(patched && same_document(*patched, edited), "an edit and its JSON Patch do the same", edited.dump());
}

}  // namespace

void check(std::string_view input) {
  const auto texts = parts(input, 3);
  const auto document = read_value(texts[1]);
  check_pointer(texts[0], document.value_or(Json()));
  if (!document) return;
  if (valid_utf8_prefix(texts[0]) == texts[0].size())
    check_set_member(texts[0], *document);  // documents have no others
  const auto patch = read_value(texts[2]);
  if (!patch) return;
  const auto ours = patched_by_us(*document, *patch);
  if (!ours) return;  // the other library may end the program then: it asserts that nobody adds to a number
  const auto theirs = patched_by_nlohmann(*document, *patch);
  if (theirs)
    require(same_document(*ours, *theirs), "another library patches the same", ours->dump() + "\n" + theirs->dump());
}

}  // namespace dotdiag::fuzz
