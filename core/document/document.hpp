// One document of a file: its value, and where each part of that value is written.
#pragma once

#include "core/document/json.hpp"
#include "core/document/pointer.hpp"
#include "core/document/source.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// How a value is written.
enum class Style { block, flow, plain, single_quoted, double_quoted, literal, folded, absent };

struct Node;

/// How a member or an item came to be where it is.
enum class Origin {
  own,    ///< written right here
  merged  ///< brought in by a merge key (`<<: *base`); its text is the base's
};

/// A member of a mapping (or, with an empty key, an item of a sequence).
struct Entry {
  std::string key;            ///< as the JSON document has it: a YAML key `on:` is "true"
  std::size_t key_begin = 0;  ///< the key's text; for an item, its `-` (in flow style: the item itself)
  std::size_t key_end = 0;
  const Node* node = nullptr;
  Origin origin = Origin::own;
};

/// Where a value is written: `begin` and `end` are byte offsets into Source::text(), end is one past the last character
/// of the value itself (comments and line breaks after it are not part of it, but those of a block scalar are).
struct Node {
  std::size_t begin = 0;
  std::size_t end = 0;
  Style style = Style::plain;
  /// The members in the order of the document's JSON object (of duplicate keys the last), or the items.
  std::vector<Entry> entries;
  /// True where this value is an alias (`*base`): begin and end are the alias's own text, and the entries are the
  /// anchor's, so an edit inside would change another object.
  bool is_alias = false;
  /// True where an alias refers to this value's anchor (`&base`), so that an edit inside changes that place as well.
  bool is_anchored = false;
};

/// Something the reader understood but a person should know, such as a duplicate key.
struct ReadNote {
  std::string id;          ///< `duplicate-key`
  std::size_t offset = 0;  ///< where to point
  std::string message;
};

/// A document as read. `error` is set where it could not be read; then `root` is null and there is no tree.
struct Document {
  std::shared_ptr<const Source> source;
  Json root;
  const Node* tree = nullptr;
  std::size_t begin = 0;  ///< the document's part of the text, from its `---` (or the start of its content) ...
  std::size_t end = 0;    ///< ... to the next document's `---` or the end of the text
  std::vector<ReadNote> notes;
  std::optional<InputError> error;
  bool is_json = false;  ///< read by the JSON reader: fixes must stay JSON

  std::deque<Node> nodes;  ///< what `tree` points into
  Document() = default;
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
};

/// Where in the text a pointer leads.
struct Place {
  const Node* node = nullptr;    ///< the value, or the deepest value on the way that exists
  const Entry* entry = nullptr;  ///< the member or item that holds it; nullptr for the root
  bool exact = false;            ///< true where the pointer's own value exists
  bool shared = false;  ///< true where the way leads through an alias, a merge or an anchor: the text serves others too
};

/// `document` must have been read without error.
Place locate(const Document& document, const Pointer& pointer);

/// The offset to point at for `pointer`: the key of a member, the first character of an item, or those of the deepest
/// existing parent.
std::size_t offset_of(const Document& document, const Pointer& pointer);

}  // namespace dotdiag
