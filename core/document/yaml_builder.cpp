#include "core/document/yaml_builder.hpp"

#include "core/document/yaml_members.hpp"
#include "core/document/yaml_scalar.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

namespace dotdiag {
namespace {

/// go-yaml v2's guard against documents that grow when aliases are expanded ("billion laughs").
class ExpansionLimit {
 public:
  /// Counts one node; false where the document has become too much.
  bool count(bool through_alias) {
    ++all_;
    if (through_alias) ++through_alias_;
    if (through_alias_ <= 100 || all_ <= 1000) return true;
    return static_cast<double>(through_alias_) / static_cast<double>(all_) <= allowed_share();
  }

 private:
  double allowed_share() const {
    constexpr double generous_until = 400'000;
    constexpr double strict_from = 4'000'000;
    const auto all = static_cast<double>(all_);
    if (all <= generous_until) return 0.99;
    if (all >= strict_from) return 0.10;
    return 0.99 - 0.89 * (all - generous_until) / (strict_from - generous_until);
  }

  std::uint64_t all_ = 1;  // the document itself
  std::uint64_t through_alias_ = 0;
};

class Builder {
 public:
  Builder(const Source& source, std::vector<YamlItem>& items, Document& document)
      : source_(source), items_(items), document_(document) {
    has_aliases_ =
        std::any_of(items.begin(), items.end(), [](const auto& i) { return i.kind == YamlItem::Kind::alias; });
  }

  void run() {
    constexpr std::size_t ordinary_size = 1024;
    members_.reserve(std::min(items_.size(), ordinary_size));
    members_.emplace_back();
    begin_value(0);
    while (!frames_.empty())
      step();
    assert(members_.size() == 1);
    document_.root = std::move(members_.front().value);
    document_.tree = members_.front().entry.node;
  }

 private:
  /// A collection that is being built.
  struct Frame {
    std::size_t collection;  ///< in items_
    std::size_t next_child;  ///< in items_
    std::size_t member;      ///< in members_: where its value goes; its own members stand behind
    std::size_t written_as;  ///< in items_: the alias that leads here, or the collection itself
  };

  void step() {
    Frame& frame = frames_.back();
    const YamlItem& collection = items_[frame.collection];
    if (frame.next_child == collection.next) return close();
    Member& member = members_.emplace_back();
    if (collection.kind == YamlItem::Kind::mapping) {
      take_key(member, frame.next_child);
      ++frame.next_child;
    } else {
      member.entry.key_begin = items_[frame.next_child].marker;
      member.entry.key_end = member.entry.key_begin + (collection.style == Style::block ? 1 : 0);
    }
    const std::size_t value = frame.next_child;
    frame.next_child = items_[value].next;
    begin_value(value);
  }

  void take_key(Member& member, std::size_t index) {
    const YamlItem& written = items_[index];
    const bool is_alias = written.kind == YamlItem::Kind::alias;
    const YamlItem& key = is_alias ? items_[written.target] : written;
    member.entry.key_begin = written.begin;
    member.entry.key_end = written.end;
    member.is_merge = written.is_merge_key;
    if (member.is_merge) return;
    count(index, false);
    if (is_alias) count(index, true);
    auto text = key.value ? json_key(*key.value) : key.text;
    if (!text) {
      throw YamlError(source_, written.begin, "a key that is null or too large a number has no JSON form",
                      "put the key in quotes");
    }
    member.entry.key = *std::move(text);
  }

  /// Starts on the value of the last member: a scalar is done at once, a collection becomes a frame.
  void begin_value(std::size_t written_as) {
    count(written_as, false);
    const bool is_alias = items_[written_as].kind == YamlItem::Kind::alias;
    const std::size_t index = is_alias ? items_[written_as].target : written_as;
    if (is_alias) count(written_as, true);
    Member& member = members_.back();
    if (member.is_merge) check_merge(written_as);
    if (items_[index].kind == YamlItem::Kind::scalar) {
      member.value = scalar_value(items_[index], written_as);
      member.entry.node = &add_node(written_as);
      return;
    }
    if (frames_.size() == max_yaml_depth) throw nested_too_deep(source_, visible_begin(written_as));
    frames_.push_back({index, index + 1, members_.size() - 1, written_as});
    if (is_alias) ++alias_depth_;
  }

  Json scalar_value(YamlItem& item, std::size_t written_as) {
    if (!item.value) return has_aliases_ ? Json(item.text) : Json(std::move(item.text));
    if (auto value = json_value(*item.value)) return *std::move(value);
    throw YamlError(source_, items_[written_as].begin, "JSON has no such number", "put it in quotes if text is meant");
  }

  Node& add_node(std::size_t written_as) {
    const YamlItem& item = items_[written_as];
    Node& node = document_.nodes.emplace_back();
    node.begin = item.begin;
    node.end = item.end;
    node.style = item.style;
    node.is_alias = item.kind == YamlItem::Kind::alias;
    node.is_anchored = item.is_anchored;
    return node;
  }

  void close() {
    const Frame frame = frames_.back();
    frames_.pop_back();
    const auto first = members_.begin() + static_cast<std::ptrdiff_t>(frame.member) + 1;
    children_.assign(std::make_move_iterator(first), std::make_move_iterator(members_.end()));
    members_.erase(first, members_.end());
    const bool is_mapping = items_[frame.collection].kind == YamlItem::Kind::mapping;
    if (is_mapping) settle_keys();
    if (frame.written_as != frame.collection) --alias_depth_;
    Node& node = add_node(frame.written_as);
    Member& target = members_[frame.member];
    target.entry.node = &node;
    target.value = is_mapping ? object_of_children() : array_of_children();
    node.entries.reserve(children_.size());
    for (Member& child : children_)
      node.entries.push_back(std::move(child.entry));
  }

  Json object_of_children() {
    Json object = Json::object();
    auto& fields = object.get_ref<Json::object_t&>();
    fields.reserve(children_.size());
    for (Member& child : children_)
      fields.emplace_back(child.entry.key, std::move(child.value));
    return object;
  }

  Json array_of_children() {
    Json array = Json::array();
    auto& elements = array.get_ref<Json::array_t&>();
    elements.reserve(children_.size());
    for (Member& child : children_)
      elements.push_back(std::move(child.value));
    return array;
  }

  void settle_keys() {
    merge_members(children_);
    std::vector<ReadNote> notes = drop_duplicates(source_, children_);
    if (alias_depth_ > 0) return;  // noted where the anchor is
    std::move(notes.begin(), notes.end(), std::back_inserter(document_.notes));
  }

  /// What a merge key may stand before: a mapping, or a list of them that is written right there.
  void check_merge(std::size_t written_as) const {
    const auto is_mapping = [&](std::size_t index) {
      const bool is_alias = items_[index].kind == YamlItem::Kind::alias;
      return items_[is_alias ? items_[index].target : index].kind == YamlItem::Kind::mapping;
    };
    bool fits = is_mapping(written_as) || items_[written_as].kind == YamlItem::Kind::sequence;
    if (items_[written_as].kind == YamlItem::Kind::sequence) {
      for (std::size_t child = written_as + 1; child != items_[written_as].next; child = items_[child].next) {
        fits = fits && is_mapping(child);
      }
    }
    if (fits) return;
    throw YamlError(source_, items_[written_as].begin, "a merge key needs a mapping or a list of mappings",
                    "write `<<: *anchor`, where the anchor is on a mapping");
  }

  void count(std::size_t index, bool behind_alias) {
    if (limit_.count(behind_alias || alias_depth_ > 0)) return;
    throw YamlError(source_, visible_begin(index), "the document grows beyond measure when its aliases are expanded");
  }

  /// Where to point for the item at `index`: the outermost alias that leads to it, or the item itself.
  std::size_t visible_begin(std::size_t index) const {
    for (const Frame& frame : frames_) {
      if (frame.written_as != frame.collection) return items_[frame.written_as].begin;
    }
    return items_[index].begin;
  }

  const Source& source_;
  std::vector<YamlItem>& items_;
  Document& document_;
  std::vector<Frame> frames_;
  std::vector<Member> members_;   ///< of all open collections
  std::vector<Member> children_;  ///< of the collection that is being closed
  std::size_t alias_depth_ = 0;
  bool has_aliases_ = false;
  ExpansionLimit limit_;
};

}  // namespace

void build(const Source& source, std::vector<YamlItem>& items, Document& document) {
  Builder(source, items, document).run();
}

}  // namespace dotdiag
