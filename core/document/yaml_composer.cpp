// libyaml's marks are not where people see things end: a block collection ends at the next token, lines below; a node
// with an anchor or a tag begins at those; an item's `-` is not reported at all. What is missing is found in the text
// between two nodes, which is white space, comments and indicators only, and is looked at once: composing is linear.
#include "core/document/yaml_composer.hpp"

#include "core/document/yaml_scalar.hpp"
#include "core/document/yaml_text.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace dotdiag {
namespace {

class Composer {
 public:
  Composer(YamlEvents& events, const Source& source, std::vector<YamlItem>& items)
      : events_(events), source_(source), text_(source.text()), items_(items) {}

  std::size_t run() {
    items_.clear();
    for (;;) {
      const YamlEvent& event = events_.next();
      if (event.kind == YamlEvent::Kind::document_end) return event.end;
      take(event);
    }
  }

 private:
  /// A collection that is being read.
  struct Open {
    std::size_t index;     ///< in items_
    std::size_t last_end;  ///< where its last child ends, or it begins
    bool key_is_next;      ///< in a mapping
  };

  void take(const YamlEvent& event) {
    switch (event.kind) {
      case YamlEvent::Kind::scalar:
        return add_scalar(event);
      case YamlEvent::Kind::alias:
        return add_alias(event);
      case YamlEvent::Kind::sequence_start:
      case YamlEvent::Kind::mapping_start:
        return open(event);
      default:
        return close(event);
    }
  }

  YamlItem& add(const YamlEvent& event, YamlItem::Kind kind, std::size_t begin) {
    YamlItem& item = items_.emplace_back();
    item.kind = kind;
    item.style = event.style;
    item.begin = begin;
    item.end = event.end;
    item.marker = begin;
    item.next = items_.size();
    if (in_block_sequence()) item.marker = dash();
    if (!event.anchor.empty()) anchors_[std::string(event.anchor)] = items_.size() - 1;
    return item;
  }

  bool in_block_sequence() const {
    if (open_.empty()) return false;
    const YamlItem& parent = items_[open_.back().index];
    return parent.kind == YamlItem::Kind::sequence && parent.style == Style::block;
  }

  /// The `-` of the next item of the innermost sequence.
  std::size_t dash() const { return skip_yaml_space(text_, open_.back().last_end); }

  void add_scalar(const YamlEvent& event) {
    const Properties properties = skip_properties(text_, event);
    const bool is_absent = event.style == Style::absent;
    YamlItem& item = add(event, YamlItem::Kind::scalar, is_absent ? absent_at(event) : properties.end);
    if (is_absent) item.end = item.begin;
    if (event.style == Style::literal || event.style == Style::folded) {
      item.end = block_scalar_end(text_, event, item.begin);
    }
    set_value(item, event, properties.has_tag);
    const bool is_plain = event.style == Style::plain && !properties.has_tag;
    item.is_merge_key = event.value == "<<" && (is_plain || event.tag == "tag:yaml.org,2002:merge");
    finish_child(item.end);
  }

  /// A value that is not written stands behind its dash or its colon, or, where there is not even a colon, behind its
  /// key.
  std::size_t absent_at(const YamlEvent& event) const {
    const bool has_properties = event.end > event.begin;
    if (has_properties || open_.empty() || expects_key()) return event.end;
    const Open& parent = open_.back();
    if (items_[parent.index].kind == YamlItem::Kind::sequence) return event.begin;
    const std::size_t colon = skip_yaml_space(text_, parent.last_end);
    return text_.substr(colon).starts_with(':') ? colon + 1 : parent.last_end;
  }

  void set_value(YamlItem& item, const YamlEvent& event, bool has_tag) const {
    const bool is_plain = event.style == Style::plain || event.style == Style::absent;
    if (!event.tag.empty()) {
      item.value = tagged_scalar(event.tag, event.value);
      if (!item.value) throw misfit(event);
    } else if (is_plain && !has_tag) {
      item.value = plain_scalar_unless_string(event.value);
    }
    if (!item.value) item.text = event.value;
  }

  YamlError misfit(const YamlEvent& event) const {
    return {source_, event.begin, "`" + std::string(event.value) + "` does not fit its tag " + std::string(event.tag),
            "correct the value or remove the tag"};
  }

  void add_alias(const YamlEvent& event) {
    const auto anchor = anchors_.find(std::string(event.value));
    const std::string name = "`*" + std::string(event.value) + "`";
    if (anchor == anchors_.end()) {
      throw YamlError(source_, event.begin, name + " refers to an anchor that does not exist",
                      "write `&" + std::string(event.value) + "` before the value it stands for, in the same document");
    }
    YamlItem& target = items_[anchor->second];
    target.is_anchored = true;  // an anchor to which nothing refers shares nothing
    if (target.next == 0) throw YamlError(source_, event.begin, name + " stands inside the value it refers to");
    if (expects_key() && target.kind != YamlItem::Kind::scalar) throw complex_key(event.begin);
    const std::size_t target_index = anchor->second;
    add(event, YamlItem::Kind::alias, event.begin).target = target_index;
    finish_child(event.end);
  }

  bool expects_key() const {
    return !open_.empty() && items_[open_.back().index].kind == YamlItem::Kind::mapping && open_.back().key_is_next;
  }

  YamlError complex_key(std::size_t offset) const {
    return {source_, offset, "a key that is a list or a mapping has no JSON form"};
  }

  void open(const YamlEvent& event) {
    check_depth(event);
    if (expects_key()) throw complex_key(event.begin);
    const bool is_sequence = event.kind == YamlEvent::Kind::sequence_start;
    const bool has_properties = !event.anchor.empty() || !event.tag.empty();
    const std::size_t begin = has_properties ? skip_properties(text_, event).end : event.begin;
    YamlItem& item = add(event, is_sequence ? YamlItem::Kind::sequence : YamlItem::Kind::mapping, begin);
    item.next = 0;  // not known yet; this is also how an alias to itself is recognised
    open_.push_back({items_.size() - 1, begin, true});
    if (event.style == Style::flow) ++flow_depth_;
  }

  void check_depth(const YamlEvent& event) const {
    if (open_.size() >= max_yaml_depth) throw nested_too_deep(source_, event.begin);
    if (event.style != Style::flow || flow_depth_ < max_yaml_flow_depth) return;
    throw YamlError(source_, event.begin,
                    "nested deeper than " + std::to_string(max_yaml_flow_depth) + " levels of brackets and braces");
  }

  void close(const YamlEvent& event) {
    const Open closed = open_.back();
    open_.pop_back();
    YamlItem& item = items_[closed.index];
    item.next = items_.size();
    if (item.style == Style::flow) --flow_depth_;
    // A pair in a flow sequence, `[a: b]`, is a flow mapping without braces.
    const bool has_bracket = item.style == Style::flow && event.end > event.begin;
    item.end = has_bracket ? event.end : closed.last_end;
    finish_child(item.end);
  }

  void finish_child(std::size_t end) {
    if (open_.empty()) return;
    open_.back().last_end = end;
    open_.back().key_is_next = !open_.back().key_is_next;
  }

  YamlEvents& events_;
  const Source& source_;
  std::string_view text_;
  std::vector<YamlItem>& items_;
  std::vector<Open> open_;
  std::size_t flow_depth_ = 0;
  std::unordered_map<std::string, std::size_t> anchors_;
};

}  // namespace

std::size_t compose(YamlEvents& events, const Source& source, std::vector<YamlItem>& items) {
  return Composer(events, source, items).run();
}

YamlError nested_too_deep(const Source& source, std::size_t offset) {
  return {source, offset, "nested deeper than " + std::to_string(max_yaml_depth) + " levels"};
}

}  // namespace dotdiag
