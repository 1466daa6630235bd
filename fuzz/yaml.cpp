// Any bytes as a file: documents or errors, never an exception but for the encoding. Every position lies in the text,
// what is inside a value is written inside its text, and each value is found again by its pointer.
#include "core/document/reader.hpp"
#include "fuzz/property.hpp"

#include <memory>
#include <optional>
#include <string>

namespace dotdiag::fuzz {
namespace {

/// Finding a value takes time in proportion to its depth; values further down are not looked up.
constexpr std::size_t deepest_looked_up = 12;

std::shared_ptr<const Source> source_of(std::string_view bytes) {
  try {
    return std::make_shared<const Source>("input.yaml", std::string(bytes));
  } catch (const InputError&) {
    return nullptr;
  }
}

std::size_t count_of(const Json& value) {
  return value.is_structured() ? value.size() : 0;
}

/// Walks through what is written in the document itself, each text once: not into aliases, and not into what was
/// merged.
class Tree {
 public:
  explicit Tree(const Document& document) : document_(document), text_(document.source->text()) {}

  void check(const Node& node, const Json& value, const Pointer& at) const {
    require(node.begin <= node.end && node.end <= text_.size(), "a value lies in the text", at.text());
    require(node.entries.size() == count_of(value), "a value has a place for each member", at.text());
    if (node.is_alias) return;
    auto member = value.begin();
    for (const Entry& entry : node.entries) {
      const Pointer inside =
          value.is_object() ? at / std::string_view(entry.key) : at / static_cast<std::size_t>(member - value.begin());
      require(!value.is_object() || member.key() == entry.key, "members stand in the order of their values",
              inside.text());
      require(entry.node != nullptr, "a member has a value", inside.text());
      if (entry.origin == Origin::own) check_entry(node, entry, *member, inside);
      ++member;
    }
  }

 private:
  void check_entry(const Node& parent, const Entry& entry, const Json& value, const Pointer& at) const {
    require(entry.key_begin <= entry.key_end && entry.key_end <= text_.size(), "a key lies in the text", at.text());
    require(parent.begin <= entry.key_begin && entry.key_end <= parent.end, "a key lies in its mapping", at.text());
    require(parent.begin <= entry.node->begin && entry.node->end <= parent.end, "a value lies in its parent",
            at.text());
    check_place(entry, at);
    check(*entry.node, value, at);
  }

  void check_place(const Entry& entry, const Pointer& at) const {
    if (at.size() > deepest_looked_up) return;
    const Place place = locate(document_, at);
    require(place.exact && place.node == entry.node, "a value is found by its pointer", at.text());
    require(offset_of(document_, at) <= text_.size(), "a value can be pointed at", at.text());
  }

  const Document& document_;
  std::string_view text_;
};

void check_position(const Source& source, std::size_t offset) {
  const Position position = source.position(offset);
  require(position.line >= 1 && position.column >= 1, "lines and columns count from 1");
  require(source.line(position.line).size() + 2 >= position.column, "a column lies in its line");
}

void check_document(const Document& document) {
  require(document.begin <= document.end && document.end <= document.source->text().size(),
          "a document lies in the text");
  if (document.error) {
    require(document.tree == nullptr && document.root.is_null(), "what cannot be read has no value");
    return;
  }
  require(document.tree != nullptr, "what was read has a tree");
  for (const ReadNote& note : document.notes)
    check_position(*document.source, note.offset);
  Tree(document).check(*document.tree, document.root, Pointer{});
}

}  // namespace

void check(std::string_view input) {
  const auto source = source_of(input);
  if (source == nullptr) return;
  std::size_t end = 0;
  read_documents(source, [&](const Document& document) {
    require(end <= document.begin, "documents follow one another");
    end = document.end;
    check_position(*source, document.begin);
    check_document(document);
  });
}

}  // namespace dotdiag::fuzz
