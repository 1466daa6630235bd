// Random YAML for property tests: one JSON document, written in as many ways as people write it.
#pragma once

#include "core/document/json.hpp"
#include "core/document/yaml_scalar.hpp"
#include "tests/support/line_breaks.hpp"
#include "tests/support/random_values.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// Makes random YAML texts for given values (and the values, too): layouts, quoting, flow and block style, comments,
/// blank lines, trailing white space. No anchors, no duplicate keys. Every comment has a number, so that a test can
/// look for each. The same seed makes the same texts.
class YamlTextGenerator : public RandomValues {
 public:
  using RandomValues::RandomValues;

  /// `root`, an object that is not empty, as the text of one document that begins with `---` or not.
  std::string document(const Json& root, bool with_marker) {
    step_ = chance(70) ? 2 : 2 + below(4);
    list_offset_ = chance(50) ? 0 : step_;
    dash_gap_ = chance(80) ? 1 : 1 + below(4);
    flow_percent_ = chance(50) ? 0 : below(40);
    comment_percent_ = chance(30) ? 0 : below(40);
    out_.clear();
    deepest_comment_ = free_column;
    blank_allowed_ = true;
    if (with_marker) out_ += "---" + trailing();
    if (with_marker || chance(50)) between(0);
    block(root, chance(5) ? step_ : 0, false);
    between(0);
    if (with_marker && chance(10)) out_ += "..." + trailing();
    return out_;
  }

  /// A file with the documents `roots`; line breaks vary, and the last one may be missing.
  std::string file(const std::vector<Json>& roots) {
    std::string text;
    for (const Json& root : roots)
      text += document(root, !text.empty() || chance(50));
    const bool may_drop = deepest_comment_ == free_column && text.size() > 1 && text[text.size() - 2] != '\n';
    if (may_drop && chance(20)) text.pop_back();
    return with_line_breaks(text, chance(80) ? "\n" : chance(70) ? "\r\n" : "\r");
  }

  std::size_t comments() const { return comments_; }
  /// What comment `number` begins with.
  static std::string comment_head(std::size_t number) { return "# note " + std::to_string(number) + ":"; }

 private:
  static constexpr std::size_t free_column = 1000;
  static constexpr std::array<std::string_view, 6> remarks = {"", " why", " it's \"so", " a: b", " - x {", " # twice"};

  std::string spaces(std::size_t count) { return std::string(count, ' '); }

  std::string comment() { return comment_head(comments_++) + std::string(pick(remarks)); }

  /// The rest of a line: nothing, white space or a comment. A tab behind a dash would be an error.
  std::string trailing() {
    const bool tab_allowed = out_.empty() || out_.back() != '-' || out_.ends_with("---");
    if (chance(comment_percent_ / 2)) return (tab_allowed && chance(20) ? "\t " : " ") + comment() + "\n";
    return chance(3) ? "  \n" : tab_allowed && chance(2) ? "\t\n" : "\n";
  }

  /// Blank lines and comment lines, where they change nothing.
  void between(std::size_t column) {
    while (chance(comment_percent_ / 2)) {
      if (blank_allowed_ && chance(25)) {
        out_ += "\n";
        continue;
      }
      const std::size_t at = chance(60) ? column : below(column + 5);
      out_ += spaces(std::min(at, deepest_comment_)) + comment() + "\n";
      blank_allowed_ = true;
      deepest_comment_ = free_column;
    }
  }

  void line_done(std::size_t deepest_comment = free_column, bool blank_allowed = true) {
    deepest_comment_ = deepest_comment;
    blank_allowed_ = blank_allowed;
  }

  /// The lines of a collection that is not empty. `inside_line`: the first one goes on a line that is already begun.
  void block(const Json& value, std::size_t column, bool inside_line) {
    for (auto entry = value.begin(); entry != value.end(); ++entry) {
      if (!inside_line) between(column);
      if (!inside_line) out_ += spaces(column);
      inside_line = false;
      if (value.is_array())
        item(*entry, column);
      else
        member(entry.key(), *entry, column);
    }
  }

  void member(const std::string& key, const Json& value, std::size_t column) {
    out_ += key_text(key) + (chance(3) ? " :" : ":");
    if (!value.is_structured() || value.empty() || chance(flow_percent_)) {
      inline_value(value, column);
      return;
    }
    out_ += trailing();
    line_done();
    block(value, column + (value.is_array() ? list_offset_ : step_), false);
  }

  void item(const Json& value, std::size_t column) {
    out_ += "-";
    if (!value.is_structured() || value.empty() || chance(flow_percent_)) {
      inline_value(value, column);
      return;
    }
    const bool compact = chance(90);
    if (compact) {
      out_ += spaces(dash_gap_);
      block(value, column + 1 + dash_gap_, true);
      return;
    }
    out_ += trailing();
    line_done();
    block(value, column + step_, false);
  }

  /// A value that begins on the line of its key or dash, and the rest of its last line. `column` is that of the key or
  /// dash.
  void inline_value(const Json& value, std::size_t column) {
    if (value.is_null() && chance(50)) {
      out_ += trailing();
      line_done();
      return;
    }
    out_ += spaces(chance(90) ? 1 : 1 + below(3));
    if (value.is_string() && chance(40) && block_scalar(value.get<std::string>(), column)) return;
    out_ += value.is_structured() ? flow(value, column + 1) : scalar(value, column + 1, false);
    out_ += trailing();
    line_done();
  }

  /// A literal or folded block scalar, where `text` can be written as one.
  bool block_scalar(const std::string& text, std::size_t column) {
    const std::size_t content_end = text.find_last_not_of('\n') + 1;
    if (content_end == 0 || text[0] == ' ' || text.find('\t') != std::string::npos) return false;
    const std::size_t breaks = text.size() - content_end;
    const bool folded = text.find('\n') >= content_end && chance(40);
    const char* chomp = breaks == 0 ? "-" : breaks == 1 ? (chance(10) ? "+" : "") : "+";
    const bool keeps = *chomp == '+';
    const std::size_t indent = column + (chance(80) ? step_ : 1 + below(6));
    out_ += std::string(folded ? ">" : "|") + chomp + (chance(10) ? " " + comment() : "") + "\n";
    for (std::size_t begin = 0; begin < content_end;) {
      const std::size_t end = std::min(text.find('\n', begin), content_end);
      if (end > begin) out_ += spaces(indent) + text.substr(begin, end - begin);
      out_ += "\n";
      begin = end + 1;
    }
    for (std::size_t i = 1; i < breaks; ++i)
      out_ += "\n";
    if (!keeps && chance(20)) out_ += "\n\n";
    line_done(column, !keeps);
    return true;
  }

  std::string key_text(const std::string& key) {
    if (chance(85) && !needs_quotes(key)) return key;
    return chance(50) ? single_quoted(key) : Json(key).dump();
  }

  static std::string single_quoted(std::string_view text) {
    std::string result = "'";
    for (const char c : text)
      result += c == '\'' ? "''" : std::string(1, c);
    return result + "'";
  }

  /// `indent`: where further lines of the scalar begin at least.
  std::string scalar(const Json& value, std::size_t indent, bool in_flow) {
    if (value.is_null()) return chance(50) ? "~" : "null";
    if (!value.is_string()) return value.dump();
    const std::string text = value.get<std::string>();
    const bool one_line = text.find('\n') == std::string::npos;
    if (!needs_quotes(text) && chance(85)) return one_line && chance(10) ? folded(text, indent) : text;
    if (one_line && chance(50)) return single_quoted(text);
    return !in_flow && text.find("  ") == std::string::npos && chance(20) ? folded_quoted(text, indent) : value.dump();
  }

  /// A line break stands for a space.
  std::string folded(const std::string& text, std::size_t indent) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool inner = text[i] == ' ' && i > 0 && i + 1 < text.size();
      result += inner && chance(50) ? "\n" + spaces(indent + below(3)) : std::string(1, text[i]);
    }
    return result;
  }

  std::string folded_quoted(const std::string& text, std::size_t indent) {
    const std::string quoted = Json(text).dump();
    const std::size_t at = quoted.find(' ', 2);
    if (at == std::string::npos || at + 2 >= quoted.size()) return quoted;
    return quoted.substr(0, at) + "\n" + spaces(indent) + quoted.substr(at + 1);
  }

  std::string flow(const Json& value, std::size_t indent) {
    const bool spread = chance(30);
    const bool padded = !spread && chance(20);
    const std::string open = value.is_array() ? "[" : "{";
    const std::string close = value.is_array() ? "]" : "}";
    if (value.empty() && !(spread && chance(20))) return open + (chance(10) ? " " : "") + close;
    std::string result = open + (padded ? " " : "");
    for (auto entry = value.begin(); entry != value.end(); ++entry) {
      const bool last = std::next(entry) == value.end();
      if (spread) result += flow_line(indent);
      if (value.is_object()) result += key_text(entry.key()) + ": ";
      const bool absent = value.is_object() && entry->is_null() && chance(50);
      if (!absent) result += entry->is_structured() ? flow(*entry, indent + 2) : scalar(*entry, indent, true);
      if (!last || chance(10)) result += spread || chance(80) ? ", " : ",";
    }
    if (spread) result += flow_line(indent);
    return result + (padded ? " " : "") + close;
  }

  std::string flow_line(std::size_t indent) {
    std::string result = chance(comment_percent_) ? " " + comment() + "\n" : "\n";
    if (chance(comment_percent_ / 2)) result += spaces(indent) + comment() + "\n";
    return result + spaces(indent);
  }

  std::string out_;
  std::size_t comments_ = 0;
  std::size_t step_ = 2;
  std::size_t list_offset_ = 2;
  std::size_t dash_gap_ = 1;
  std::size_t flow_percent_ = 0;
  std::size_t comment_percent_ = 0;
  std::size_t deepest_comment_ = free_column;  ///< a comment line further in would belong to the block scalar above
  bool blank_allowed_ = true;                  ///< a blank line would belong to the block scalar above
};

}  // namespace dotdiag
