// Changes inside flow style (and JSON), where brackets and commas carry the meaning.
#include "core/edit/yaml_change.hpp"

#include <algorithm>
#include <optional>

namespace dotdiag {
namespace {

/// What stands between the last value of a flow collection and its closing bracket.
struct Tail {
  std::size_t value_end = 0;             ///< behind the last value
  std::optional<std::size_t> comma_end;  ///< behind a trailing comma
  std::size_t closer = 0;                ///< the closing bracket
};

std::size_t opener_of(std::string_view text, const Node& node) {
  return text.find_first_of("{[", node.begin);
}

bool is_closed(std::string_view text, const Node& node) {
  return node.style == Style::flow && node.end > node.begin + 1 &&
         (text[node.end - 1] == '}' || text[node.end - 1] == ']');
}

std::string indent_of(std::string_view text, std::size_t offset) {
  const std::size_t begin = line_begin(text, offset);
  return std::string(text.substr(begin, skip_blanks(text, begin) - begin));
}

/// Behind the white space, line breaks and comments at `at`, but not beyond `limit`.
std::size_t skip_gap(std::string_view text, std::size_t at, std::size_t limit) {
  while (at < limit) {
    if (text[at] == '#')
      at = line_end(text, at);
    else if (text[at] == ' ' || text[at] == '\t' || is_line_break(text[at]))
      ++at;
    else
      break;
  }
  return std::min(at, limit);
}

/// The end of a member or item, with the colon of an absent value.
std::size_t flow_end(std::string_view text, const Entry& entry, std::size_t limit) {
  if (entry.node->style != Style::absent) return entry.node->end;
  const std::size_t colon = skip_gap(text, entry.key_end, limit);
  return colon < limit && text[colon] == ':' ? colon + 1 : entry.key_end;
}

/// Nothing where something stands there that is not understood (a merge key behind the last member of its own).
std::optional<Tail> tail_of(std::string_view text, const Node& node) {
  const Entry* last = last_entry(node);
  if (last == nullptr || !is_closed(text, node)) return std::nullopt;
  Tail tail;
  tail.closer = node.end - 1;
  tail.value_end = flow_end(text, *last, tail.closer);
  const bool is_absent = text[tail.value_end - 1] == ':';  // `key:,` would be a key `key:`
  if (is_absent && text[tail.value_end] == ' ') ++tail.value_end;
  std::size_t at = skip_gap(text, tail.value_end, tail.closer);
  if (at < tail.closer && text[at] == ',') {
    tail.comma_end = at + 1;
    at = skip_gap(text, at + 1, tail.closer);
  }
  if (at != tail.closer) return std::nullopt;
  return tail;
}

bool has_quoted_names(std::string_view text, const Node& node, bool is_list) {
  const Entry* first = first_entry(node);
  if (first == nullptr) return false;
  if (!is_list) return text[first->key_begin] == '"';
  return first->node->style == Style::flow && first_entry(*first->node) != nullptr &&
         text[first_entry(*first->node)->key_begin] == '"';
}

/// True where the colon behind the entry's key is not followed by a space.
bool is_tight_colon(std::string_view text, const Entry& entry) {
  const std::size_t colon = text.find(':', entry.key_end);
  return colon != npos && entry.node->begin == colon + 1;
}

/// True where the comma before the entry is not followed by a space.
bool is_tight_comma(std::string_view text, const Entry& later) {
  return later.key_begin > 0 && text[later.key_begin - 1] == ',';
}

void learn_separators(std::string_view text, const Step& step, FlowLayout& flow) {
  const Entry* first = first_entry(*step.node);
  const Entry* last = last_entry(*step.node);
  if (first == nullptr) return;
  if (step.value->is_object() && flow.is_json) {
    const std::string space = is_tight_colon(text, *first) ? "" : " ";
    flow.colon = ":" + space;
    flow.comma = "," + space;
  }
  if (first != last) flow.comma = is_tight_comma(text, *last) ? "," : ", ";
}

/// The habits of the flow collections on the way, the innermost last.
FlowLayout flow_layout(const Target& target, const Layout& layout) {
  FlowLayout flow;
  flow.is_json = target.is_json;
  for (const Step& step : target.way)
    if (step.node->style == Style::flow)
      flow.is_json |= has_quoted_names(target.text, *step.node, step.value->is_array());
  for (const Step& step : target.way)
    if (step.node->style == Style::flow) learn_separators(target.text, step, flow);
  flow.line_break = layout.block.line_break;
  return flow;
}

/// With `pretty`, values are spread over lines as the JSON document's others are.
std::string added_text(const Target& target, const Json& value, FlowLayout flow, const Layout& layout, bool pretty,
                       const std::string& base) {
  if (pretty && target.is_json) flow.indent = layout.json_indent;
  return target.is_list() ? write_flow(value, flow, base) : write_flow_member(target.key, value, flow, base);
}

/// Adds a line of its own behind the last one.
TextChanges add_line(const Target& target, const Tail& tail, const std::string& added, const std::string& indent,
                     const std::string& line_break) {
  const bool closer_alone = is_first_on_line(target.text, tail.closer);
  if (!closer_alone && tail.comma_end) return {{*tail.comma_end, *tail.comma_end, line_break + indent + added + ","}};
  if (!closer_alone) return {{tail.value_end, tail.value_end, "," + line_break + indent + added}};
  const std::size_t line = line_begin(target.text, tail.closer);
  const std::string comma_behind = tail.comma_end ? "," : "";
  const TextChange addition{line, line, indent + added + comma_behind + line_break};
  if (tail.comma_end) return {addition};
  return {{tail.value_end, tail.value_end, ","}, addition};
}

TextChanges add_behind_last(const Target& target, const Json& value, const FlowLayout& flow, const Layout& layout) {
  const std::string_view text = target.text;
  const std::optional<Tail> tail = tail_of(text, *target.container().node);
  if (!tail) return {};
  const std::size_t last = last_entry(*target.container().node)->key_begin;
  const bool one_a_line = is_first_on_line(text, last);
  const std::string indent = indent_of(text, last);
  const std::string added = added_text(target, value, flow, layout, one_a_line, indent);
  if (one_a_line) return add_line(target, *tail, added, indent, flow.line_break);
  if (tail->comma_end) return {{*tail->comma_end, *tail->comma_end, flow.comma.substr(1) + added + ","}};
  return {{tail->value_end, tail->value_end, flow.comma + added}};
}

/// Fills `{}` or `[]`, on lines of their own where the brackets already stand on two lines.
TextChanges fill(const Target& target, const Json& value, const FlowLayout& flow, const Layout& layout) {
  const std::string_view text = target.text;
  const Step& step = target.container();
  const std::size_t closer = step.node->end - 1;
  const std::size_t opener = opener_of(text, *step.node);
  if (!is_closed(text, *step.node) || skip_gap(text, opener + 1, closer) != closer) return {};
  const bool is_open = next_line(text, opener) <= closer && is_first_on_line(text, closer);
  const bool pretty =
      !layout.json_indent.empty() && (step.entry == nullptr || is_first_on_line(text, step.entry->key_begin));
  const std::string base = indent_of(text, step.node->begin);
  const std::string inner = base + (target.is_json ? layout.json_indent : std::string(layout.block.step, ' '));
  const std::string added = added_text(target, value, flow, layout, pretty, inner);
  if (is_open) {
    const std::size_t line = line_begin(text, closer);
    return {{line, line, inner + added + flow.line_break}};
  }
  if (pretty) return {{opener + 1, closer, flow.line_break + inner + added + flow.line_break + base}};
  return {{opener + 1, closer, added}};
}

}  // namespace

TextChanges add_in_flow(const Target& target, const Json& value, const Layout& layout) {
  const FlowLayout flow = flow_layout(target, layout);
  return last_entry(*target.container().node) == nullptr ? fill(target, value, flow, layout)
                                                         : add_behind_last(target, value, flow, layout);
}

TextChanges set_in_flow(const Target& target, const Json& value, const Layout& layout) {
  const std::string_view text = target.text;
  const Entry& entry = *target.entry;
  FlowLayout flow = flow_layout(target, layout);
  if (target.is_json && is_first_on_line(text, entry.key_begin)) flow.indent = layout.json_indent;
  const std::string written = write_flow(value, flow, indent_of(text, entry.key_begin));
  if (entry.node->style != Style::absent) return {{entry.node->begin, entry.node->end, written}};
  const std::size_t end = flow_end(text, entry, target.container().node->end);
  const bool has_colon = end > entry.key_end;
  const std::size_t rest = skip_blanks(text, end);
  const bool space_behind = rest < text.size() && (text[rest] == '}' || text[rest] == ']' || text[rest] == ',');
  return {{end, has_colon && space_behind ? rest : end, (has_colon ? " " : flow.colon) + written}};
}

TextChanges remove_in_flow(const Target& target) {
  const std::string_view text = target.text;
  const Node& node = *target.container().node;
  const Entry& entry = *target.entry;
  if (!is_closed(text, node)) return {};
  if (node.entries.size() == 1) return {{opener_of(text, node) + 1, node.end - 1, ""}};
  const Entry* before = nullptr;
  const Entry* after = nullptr;
  for (const Entry& other : node.entries) {
    if (other.key_begin < entry.key_begin && (before == nullptr || other.key_begin > before->key_begin))
      before = &other;
    if (other.key_begin > entry.key_begin && (after == nullptr || other.key_begin < after->key_begin)) after = &other;
  }
  if (before == nullptr) return {{entry.key_begin, after->key_begin, ""}};
  return {{flow_end(text, *before, node.end), flow_end(text, entry, node.end), ""}};
}

}  // namespace dotdiag
