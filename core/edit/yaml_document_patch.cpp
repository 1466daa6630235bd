// One round plans every edit that does not touch another one's text, makes those changes, and reads the document again;
// the rest waits for the next round. Changes are never computed from a text that they would not meet.
#include "core/edit/yaml_document_patch.hpp"

#include "core/document/json_reader.hpp"
#include "core/document/yaml_reader.hpp"
#include "core/edit/comments.hpp"
#include "core/edit/yaml_change.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace dotdiag {
namespace {

/// Edits that have to be made one after the other.
struct Queue {
  std::vector<const Edit*> edits;
  std::size_t next = 0;
  bool is_done() const { return next == edits.size(); }
};

/// The index of the item of `kind: List` that the edit is inside of, or npos.
std::size_t list_item(const Json& root, const Edit& edit) {
  static const Pointer items = Pointer{} / "items";
  if (!edit.path.starts_with(items) || edit.path.size() <= 2 || items_member(root, "items").empty()) return npos;
  const Pointer inside = edit.path.below(items);
  return array_index(*inside.tokens().begin());
}

std::vector<Queue> queues_of(const Json& root, const Edits& edits) {
  const auto stays_inside = [&](const Edit& edit) { return list_item(root, edit) != npos; };
  const bool by_item = std::all_of(edits.begin(), edits.end(), stays_inside);
  std::map<std::size_t, Queue> queues;
  for (const Edit& edit : edits)
    queues[by_item ? list_item(root, edit) : 0].edits.push_back(&edit);
  std::vector<Queue> result;
  for (auto& [item, queue] : queues)
    result.push_back(std::move(queue));
  return result;
}

/// Reads a document's part of the text on its own. Its `error` is set where that does not work.
Document read_part(const std::string& name, std::string text, bool is_json) {
  const auto source = std::make_shared<const Source>(name, std::move(text));
  std::optional<Document> document;
  if (is_json) {
    std::vector<Document> documents = read_json_documents(source);
    if (documents.size() == 1) document = std::move(documents.front());
  } else {
    document = YamlReader(source).next();
  }
  if (document) return std::move(*document);
  Document none;
  none.source = source;
  none.error = source->error(0, "there is not exactly one document");
  return none;
}

/// Where a document's lines begin: with the indentation of its first one, and with the directives (`%YAML`, `%TAG`)
/// above it.
std::size_t first_line(std::string_view text, std::size_t begin) {
  if (is_first_on_line(text, begin)) begin = line_begin(text, begin);
  while (begin > 0) {
    const std::size_t above = line_begin(text, begin - 1 - (begin > 1 && text.substr(begin - 2, 2) == "\r\n" ? 1 : 0));
    if (text[above] != '%') break;
    begin = above;
  }
  return begin;
}

/// Makes the edits in the text of one document.
class Patcher {
 public:
  Patcher(const Document& original, std::string part) : original_(original), part_(std::move(part)) {
    if (part_.size() == original.source->text().size()) now_ = &original;  // it was read just so
  }

  /// True where all edits are made; otherwise refusal() says why not.
  bool make(const Edits& edits) {
    if (now_ == nullptr && !read_again()) return false;
    layout_ = layout_of(*now_);
    comments_ = copy(comments_of(*now_));
    std::vector<Queue> queues = queues_of(now_->root, edits);
    const auto is_done = [](const Queue& queue) { return queue.is_done(); };
    while (!std::all_of(queues.begin(), queues.end(), is_done))
      if (!make_round(queues)) return false;
    return true;
  }

  /// True where the text says what the edits made of the original, and still has every comment.
  bool prove(const Json& expected) {
    if (!same_document(now_->root, expected)) return refuse("the edited text would not say what was intended");
    const std::vector<std::string> comments = copy(comments_of(*now_));
    const auto differs = std::mismatch(comments_.begin(), comments_.end(), comments.begin(), comments.end());
    if (differs.first == comments_.end() && differs.second == comments.end()) return true;
    return refuse(differs.first == comments_.end() ? "the edited text would gain a comment"
                                                   : "this comment would be lost: " + *differs.first);
  }

  const std::string& part() const { return part_; }
  const std::string& refusal() const { return refusal_; }

 private:
  static std::vector<std::string> copy(const std::vector<std::string_view>& views) {
    return {views.begin(), views.end()};
  }

  bool refuse(std::string why) {
    refusal_ = std::move(why);
    return false;
  }

  bool read_again() {
    reread_ = read_part(original_.source->name(), part_, original_.is_json);
    now_ = &reread_;
    // What is read starts behind it, so the positions would not be those of the text.
    if (now_->source->has_byte_order_mark()) return refuse("the document begins with a second byte order mark");
    return !now_->error || refuse("the edited text could not be read: " + now_->error->problem());
  }

  bool make_round(std::vector<Queue>& queues) {
    TextChanges changes;
    for (Queue& queue : queues)
      if (!plan_queue(queue, changes)) return false;
    part_ = apply_changes(part_, changes);
    return read_again();
  }

  /// Plans as many edits as can be made to the text as it stands. False where the first of them is refused.
  bool plan_queue(Queue& queue, TextChanges& changes) {
    for (bool is_first = true; !queue.is_done(); is_first = false) {
      const Edit& edit = *queue.edits[queue.next];
      TextChanges planned = plan(edit);
      if (planned.empty()) return !is_first;
      if (touch(planned, changes)) return true;
      changes.insert(changes.end(), planned.begin(), planned.end());
      ++queue.next;
      if (edit.operation == Operation::remove) return true;  // the items behind it move up
    }
    return true;
  }

  TextChanges plan(const Edit& edit) {
    Refusal refusal;
    const std::optional<Target> target = find_target(*now_, edit, refusal);
    if (target) {
      TextChanges changes = plan_change(*target, edit, layout_);
      if (!changes.empty() && fits(part_, changes)) return changes;
      refusal = {edit.path.parent(), "is written in a way that cannot be edited safely", ""};
    }
    refuse(sentence(refusal));
    return {};
  }

  /// Lines are those of the file as it was.
  std::string sentence(const Refusal& refusal) const {
    if (refusal.problem.empty()) return refusal.consequence;
    const std::string where = refusal.at.empty() ? "the document" : refusal.at.text();
    std::string line;
    if (locate(original_, refusal.at).exact)
      line = " (line " + std::to_string(original_.source->position(offset_of(original_, refusal.at)).line) + ")";
    return where + " " + refusal.problem + line + refusal.consequence;
  }

  const Document& original_;
  std::string part_;
  Document reread_;
  const Document* now_ = nullptr;  ///< `part_` as it reads: the original, or what was read again
  Layout layout_;
  std::vector<std::string> comments_;
  std::string refusal_;
};

}  // namespace

DocumentPatch patch_document(const Document& document, const Edits& edits) {
  DocumentPatch patch;
  if (document.error) {
    patch.refusal = "the document cannot be read";
    return patch;
  }
  const std::string_view text = document.source->text();
  patch.begin = document.is_json ? document.begin : first_line(text, document.begin);
  patch.end = document.end;
  Patcher patcher(document, std::string(text.substr(patch.begin, patch.end - patch.begin)));
  if (patcher.make(edits)) {
    patch.expected = document.root;
    for (const Edit& edit : edits)
      apply(patch.expected, edit);
    if (patcher.prove(patch.expected)) patch.text = patcher.part();
  }
  patch.refusal = patch.text.empty() ? patcher.refusal() : "";
  return patch;
}

}  // namespace dotdiag
