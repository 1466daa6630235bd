// nlohmann's parser calls back right after it scanned a token, before it looks at the next. So an iterator that counts
// what was consumed knows where each token ends. A token starts at the first character behind the one before that is
// not white space, comma or colon. Only a number is scanned one character too far: its end is found by its characters.
#include "core/document/json_scan.hpp"

#include "core/document/duplicate_keys.hpp"
#include "core/document/json_reader.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace dotdiag {

namespace {

constexpr std::string_view space = " \t\n\r";

/// Walks over the text and leaves behind how far it came: nlohmann keeps copies of it, so the count is outside.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(std::string_view text, std::size_t& consumed) : text_(text), consumed_(&consumed) {}

  reference operator*() const { return text_[*consumed_]; }
  CountingIterator& operator++() {
    ++*consumed_;
    return *this;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return *a.consumed_ == *b.consumed_; }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return !(a == b); }

 private:
  std::string_view text_;
  std::size_t* consumed_;
};

/// The reason in nlohmann's message `[json...] parse error at line 1, column 2: syntax error while parsing value -
/// <reason>; last read: '...'`: positions and quotations are better in ours.
std::string reason_in(std::string message) {
  if (const auto dash = message.find(" - "); dash != std::string::npos) message.erase(0, dash + 3);
  if (message.starts_with("[")) message.erase(0, message.find("] ") + 2);
  const auto quotation = message.find("; last read: ");
  if (quotation == std::string::npos) return message;
  const auto quotation_end = message.rfind('\'');
  return message.erase(quotation, quotation_end - quotation + 1);
}

/// Builds the document while nlohmann's parser calls back (the interface of nlohmann::json_sax).
class Scan {
 public:
  Scan(Document& document, Positions positions)
      : document_(document),
        text_(document.source->text()),
        positions_(positions == Positions::all),
        consumed_(document.begin),
        token_end_(document.begin) {}

  void run() {
    // The parser would skip it, and the positions would not. JSON has none (RFC 8259, section 8.1), but for the one
    // that Source took off the file.
    if (text_.substr(consumed_).starts_with("\xEF\xBB\xBF")) {
      fail(consumed_, "this is not JSON: a byte order mark inside the text");
      return;
    }
    std::size_t size = text_.size();
    const CountingIterator first(text_, consumed_);
    const CountingIterator last(text_, size);
    const bool is_json = Json::sax_parse(first, last, this, Json::input_format_t::json, false);
    assert(is_json == !document_.error);
    static_cast<void>(is_json);
    document_.end = token_end_;
  }

  bool null() { return scalar(nullptr); }
  bool boolean(bool value) { return scalar(value); }
  bool number_integer(std::int64_t value) { return number(value); }
  bool number_unsigned(std::uint64_t value) { return number(value); }
  bool number_float(double value, const std::string&) { return number(value); }
  bool string(std::string& value) { return scalar(std::move(value), Style::double_quoted); }
  bool binary(Json::binary_t&) { return false; }

  bool start_object(std::size_t) { return open(true); }
  bool start_array(std::size_t) { return open(false); }

  bool key(std::string& name) {
    Level& level = levels_.back();
    level.keys.push_back(std::move(name));
    level.key_begin = token_begin();
    token_end_ = consumed_;
    level.key_end = token_end_;
    return true;
  }

  bool end_object() {
    Level level = close();
    drop_duplicates(level);
    Json object = Json::object();
    auto& members = object.get_ref<Json::object_t&>();
    members.reserve(level.keys.size());
    for (std::size_t i = 0; i < level.keys.size(); ++i) {
      members.emplace_back(std::move(level.keys[i]), std::move(level.values[i]));
    }
    finish(level.node, std::move(level.entries));
    return add(std::move(object), level.node);
  }

  bool end_array() {
    Level level = close();
    finish(level.node, std::move(level.entries));
    return add(Json(std::move(level.values)), level.node);
  }

  bool parse_error(std::size_t, const std::string&, const Json::exception& error) {
    const std::string reason = reason_in(error.what());
    return fail(place_of(reason), "this is not JSON: " + reason);
  }

 private:
  /// An object or array whose end has not been seen.
  struct Level {
    std::vector<std::string> keys;  ///< of an object
    Json::array_t values;
    std::vector<Entry> entries;
    std::size_t key_begin = 0;
    std::size_t key_end = 0;
    Node* node = nullptr;
    bool is_object = false;
  };

  std::size_t token_begin() const { return std::min(text_.find_first_not_of(" \t\n\r,:", token_end_), text_.size()); }

  bool fail(std::size_t offset, std::string what) {
    document_.error = document_.source->error(offset, std::move(what));
    return false;
  }

  /// Where a mistake is: a whole token that does not belong there, the end of the text, or the character read last.
  std::size_t place_of(const std::string& reason) const {
    const std::string_view found = std::string_view(reason).substr(0, reason.find(';'));
    if (found.find("end of input") != std::string_view::npos) return text_.find_last_not_of(space) + 1;
    if (found.find(" literal") != std::string_view::npos || found.find("overflow") != std::string_view::npos) {
      return token_begin();
    }
    return consumed_ - 1;
  }

  Node* new_node(Style style) {
    if (!positions_) return nullptr;
    Node& node = document_.nodes.emplace_back();
    node.begin = token_begin();
    node.style = style;
    return &node;
  }

  template <typename Value>
  bool number(Value value) {
    const std::size_t begin = token_begin();
    const std::size_t end = std::min(text_.find_first_not_of("0123456789+-.eE", begin), text_.size());
    Node* node = new_node(Style::plain);
    token_end_ = end;
    if (node != nullptr) node->end = end;
    return add(value, node);
  }

  bool scalar(Json value, Style style = Style::plain) {
    Node* node = new_node(style);
    token_end_ = consumed_;
    if (node != nullptr) node->end = token_end_;
    return add(std::move(value), node);
  }

  bool open(bool is_object) {
    if (levels_.size() == max_json_depth) {
      return fail(consumed_ - 1, "this nests deeper than " + std::to_string(max_json_depth) + " levels");
    }
    Level& level = levels_.emplace_back();
    level.is_object = is_object;
    level.node = new_node(Style::flow);
    token_end_ = consumed_;
    return true;
  }

  Level close() {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    token_end_ = consumed_;
    return level;
  }

  void finish(Node* node, std::vector<Entry> entries) {
    if (node == nullptr) return;
    node->end = token_end_;
    node->entries = std::move(entries);
  }

  /// Hands a finished value to the level that holds it, or to the document.
  bool add(Json value, const Node* node) {
    if (levels_.empty()) {
      document_.root = std::move(value);
      document_.tree = node;
      return true;
    }
    Level& level = levels_.back();
    level.values.push_back(std::move(value));
    if (node == nullptr) return true;
    if (level.is_object) {
      level.entries.push_back({level.keys.back(), level.key_begin, level.key_end, node});
    } else {
      level.entries.push_back({"", node->begin, node->end, node});
    }
    return true;
  }

  void note_duplicate(const Level& level, const DuplicateKey& duplicate) {
    const std::size_t line = document_.source->position(level.entries[duplicate.first].key_begin).line;
    document_.notes.push_back({"duplicate-key", level.entries[duplicate.again].key_begin,
                               "`" + level.keys[duplicate.again] + "` is already set on line " + std::to_string(line) +
                                   "; the last value counts"});
  }

  void drop_duplicates(Level& level) {
    const auto duplicates = duplicate_keys({level.keys.begin(), level.keys.end()});
    std::vector<bool> is_overwritten(duplicates.empty() ? 0 : level.keys.size());
    for (const DuplicateKey& duplicate : duplicates) {
      if (positions_) note_duplicate(level, duplicate);
      is_overwritten[duplicate.first] = true;
    }
    if (duplicates.empty()) return;
    const auto drop = [&](auto& list) {
      std::size_t i = 0;
      std::erase_if(list, [&](const auto&) { return is_overwritten[i++]; });
    };
    drop(level.keys);
    drop(level.values);
    if (positions_) drop(level.entries);
  }

  Document& document_;
  std::string_view text_;
  bool positions_;
  std::size_t consumed_;   ///< how far the parser read
  std::size_t token_end_;  ///< the end of the last value, key or bracket
  std::vector<Level> levels_;
};

}  // namespace

std::size_t skip_json_space(const Source& source, std::size_t from) {
  return std::min(source.text().find_first_not_of(space, from), source.text().size());
}

Document scan_json(std::shared_ptr<const Source> source, std::size_t from, Positions positions) {
  Document document;
  document.source = std::move(source);
  document.is_json = true;
  document.begin = from;
  Scan(document, positions).run();
  if (!document.error) return document;
  document.root = nullptr;
  document.tree = nullptr;
  document.notes.clear();
  document.nodes.clear();
  document.end = document.source->text().size();
  return document;
}

}  // namespace dotdiag
