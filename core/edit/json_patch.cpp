#include "core/edit/json_patch.hpp"

#include "core/document/child.hpp"
#include "core/document/json_writer.hpp"

#include <charconv>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace dotdiag {

namespace {

const char* name_of(Operation operation) {
  switch (operation) {
    case Operation::add:
      return "add";
    case Operation::replace:
      return "replace";
    case Operation::remove:
      return "remove";
  }
  return "";
}

/// Member `key` of an operation, null or not. The RFC wants it.
const Json& needed(const Json& operation, const char* key) {
  const auto found = operation.find(key);
  if (found == operation.end()) throw PatchError(std::string("it has no `") + key + "`");
  return *found;
}

Pointer pointer_at(const Json& operation, const char* key) {
  const Json& text = needed(operation, key);
  if (!text.is_string()) throw PatchError(std::string("its `") + key + "` is not a string");
  try {
    return Pointer::parse(text.get_ref<const std::string&>());
  } catch (const std::invalid_argument& error) {
    throw PatchError(std::string("its `") + key + "` is not a JSON pointer: " + error.what());
  }
}

/// The index in an array with `places` places that `token` spells, read as Go's strconv.Atoi reads it (so `+1` and `01`
/// too); a negative one counts from the end.
std::size_t index_among(std::string_view token, std::size_t places) {
  std::string_view digits = token;
  if (!digits.empty() && (digits.front() == '-' || digits.front() == '+')) digits.remove_prefix(1);
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error == std::errc::invalid_argument || end != digits.data() + digits.size()) {
    throw PatchError("`" + std::string(token) + "` is not an index");
  }
  const bool from_end = token.front() == '-' && index > 0;
  if (error != std::errc{} || index > places || (index == places && !from_end)) {
    throw PatchError("index " + std::string(token) + " is out of range");
  }
  return from_end ? places - index : index;
}

/// `path` with each index as a plain one, so that Pointer and Edit understand it. Throws where a parent is missing or
/// null. `is_add`: the last token may also be `-` or the place behind the last item.
Pointer resolved(const Json& document, const Pointer& path, bool is_add) {
  if (path.empty()) throw PatchError("the path is empty");
  Pointer plain;
  const Json* value = &document;
  const std::size_t size = path.size();
  std::size_t depth = 0;
  for (const std::string_view token : path.tokens()) {
    const bool adds_here = ++depth == size && is_add;
    if (value == nullptr || !value->is_structured()) throw PatchError("no object or array at `" + plain.text() + "`");
    if (value->is_object() || (adds_here && token == "-")) {
      plain = std::move(plain) / token;
      value = child(*value, token);
    } else {
      const std::size_t index = index_among(token, value->size() + (adds_here ? 1 : 0));
      plain = std::move(plain) / index;
      value = index < value->size() ? &(*value)[index] : nullptr;
    }
  }
  return plain;
}

Pointer existing(const Json& document, const Pointer& path) {
  Pointer plain = resolved(document, path, false);
  if (value_at(document, plain) == nullptr) throw PatchError("nothing is at `" + path.text() + "`");
  return plain;
}

void add(Json& document, const Pointer& path, Json value) {
  apply(document, {resolved(document, path, true), std::move(value), Operation::add});
}

void replace(Json& document, const Pointer& path, const Json& value) {
  if (path.empty() && !value.is_structured()) throw PatchError("a document is an object or an array");
  apply(document, {path.empty() ? path : existing(document, path), value, Operation::replace});
}

/// A missing member passes for null, as in the library: the API server would let such a patch pass.
void test(const Json& document, const Pointer& path, const Json& expected) {
  const Json* value = value_at(document, path.empty() ? path : resolved(document, path, false));
  if (!same_document(value == nullptr ? Json() : *value, expected)) {
    throw PatchError("the test at `" + path.text() + "` failed");
  }
}

void move(Json& document, const Pointer& from, const Pointer& path) {
  const Pointer source = existing(document, from);
  Json value = *value_at(document, source);
  apply(document, {source, nullptr, Operation::remove});
  add(document, path, std::move(value));
}

void apply_operation(Json& document, const Json& operation) {
  if (!operation.is_object()) throw PatchError("it is not an object");
  const std::string_view op = text_member(operation, "op");
  const Pointer path = pointer_at(operation, "path");
  if (op == "add") return add(document, path, needed(operation, "value"));
  if (op == "remove") return apply(document, {existing(document, path), nullptr, Operation::remove});
  if (op == "replace") return replace(document, path, needed(operation, "value"));
  if (op == "test") return test(document, path, needed(operation, "value"));
  if (op == "move") return move(document, pointer_at(operation, "from"), path);
  if (op == "copy") return add(document, path, *value_at(document, existing(document, pointer_at(operation, "from"))));
  throw PatchError("its `op` is not one of add, remove, replace, move, copy, test");
}

}  // namespace

std::string write_json_patch(const Edits& edits) {
  std::string text = "[";
  for (const Edit& edit : edits) {
    if (text.size() > 1) text += ',';
    text += R"({"op":")";
    text += name_of(edit.operation);
    text += R"(","path":)";
    append_quoted(text, edit.path.text());
    if (edit.operation != Operation::remove) {
      text += R"(,"value":)";
      append_json(text, edit.value);
    }
    text += '}';
  }
  text += ']';
  return text;
}

void apply_json_patch(Json& document, const Json& patch) {
  if (!patch.is_array()) throw PatchError("a JSON Patch is an array of operations");
  for (std::size_t i = 0; i < patch.size(); ++i) {
    try {
      apply_operation(document, patch[i]);
    } catch (const PatchError& error) {
      throw PatchError("operation " + std::to_string(i) + ": " + error.what());
    }
  }
}

}  // namespace dotdiag
