#include "linter/place.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

bool is_line_break(char c) {
  return c == '\n' || c == '\r';
}
bool starts_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

/// `span` without what lies on later lines; never empty while there is a character left.
Span on_one_line(std::string_view text, Span span) {
  std::size_t end = span.begin;
  while (end < span.end && !is_line_break(text[end]))
    ++end;
  if (end == span.begin && end < text.size() && !is_line_break(text[end])) ++end;
  while (end < text.size() && !starts_code_point(text[end]))
    ++end;
  return {span.begin, end};
}

std::size_t end_of(const Place& place) {
  const Node& node = *place.node;
  if (place.exact && node.entries.empty() && !node.is_alias) return node.end;  // a scalar
  if (place.entry != nullptr && !place.entry->key.empty()) return place.entry->key_end;
  if (node.entries.empty() || node.entries.front().node == nullptr) return node.begin + 1;
  const Entry& first = node.entries.front();  // an item's first member names it: `- name: web`
  return first.node->entries.empty() ? first.node->end : first.key_end;
}

/// Positions for ascending offsets: what lies between two on the same line is counted, not the line from its start
/// again.
class Sweep {
 public:
  explicit Sweep(const Source& source) : source_(source) {}

  Position position(std::size_t offset) {
    const std::string_view between = source_.text().substr(offset_, offset - std::min(offset, offset_));
    const bool same_line =
        offset >= offset_ && position_.line > 0 && std::none_of(between.begin(), between.end(), is_line_break);
    if (same_line) {
      position_.column += code_points(between);
    } else {
      position_ = source_.position(offset);
      line_begin_ = static_cast<std::size_t>(source_.line(position_.line).data() - source_.text().data());
    }
    offset_ = offset;
    return position_;
  }

  /// Of the offset that was asked for last: its column, 1-based, where bytes are counted.
  std::size_t byte_column() const { return offset_ - std::min(offset_, line_begin_) + 1; }

 private:
  const Source& source_;
  std::size_t offset_ = 0;
  std::size_t line_begin_ = 0;
  Position position_;
};

constexpr std::size_t shown = 120;  // code points to show before and after the beginning of a finding

Excerpt excerpt_of(std::string_view text, Span span) {
  std::size_t begin = span.begin;
  for (std::size_t count = 0; begin > 0 && !is_line_break(text[begin - 1]) && count < shown;
       count += starts_code_point(text[begin]))
    --begin;
  std::size_t end = span.begin;
  for (std::size_t count = 0; end < text.size() && !is_line_break(text[end]); ++end)
    if (starts_code_point(text[end]) && ++count > shown) break;

  const bool is_cut = begin > 0 && !is_line_break(text[begin - 1]);
  const std::string_view before = text.substr(begin, span.begin - begin);
  const std::size_t width = code_points(text.substr(span.begin, std::min(end, span.end) - span.begin));
  return {(is_cut ? "..." : "") + std::string(text.substr(begin, end - begin)), code_points(before) + (is_cut ? 4 : 1),
          std::max<std::size_t>(width, 1)};
}

}  // namespace

Span span_of(const Document& document, const Pointer& pointer) {
  const std::size_t begin = offset_of(document, pointer);
  const Place place = locate(document, pointer);
  return on_one_line(document.source->text(), {begin, std::max(begin, end_of(place))});
}

std::optional<Span> span_at(const Source& source, Position position) {
  if (position.line == 0) return std::nullopt;
  const std::string_view line = source.line(position.line);
  auto at = static_cast<std::size_t>(line.data() - source.text().data());
  if (line.empty()) at = std::min(at, source.text().size());
  const std::size_t end = at + line.size();
  for (std::size_t column = 1; at < end; ++at)
    if (starts_code_point(source.text()[at]) && column++ == position.column) break;
  return on_one_line(source.text(), {at, at});
}

void place(const Source& source, std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& left, const Finding& right) {
    return (left.span ? left.span->begin + 1 : 0) < (right.span ? right.span->begin + 1 : 0);
  });
  Sweep sweep(source);
  for (Finding& finding : findings) {
    finding.file = source.name();
    if (!finding.span) continue;
    const std::string_view underlined =
        source.text().substr(finding.span->begin, finding.span->end - finding.span->begin);
    finding.begin = sweep.position(finding.span->begin);
    finding.byte_column = sweep.byte_column();
    finding.end = {finding.begin.line, finding.begin.column + code_points(underlined)};
    finding.excerpt = excerpt_of(source.text(), *finding.span);
  }
}

}  // namespace dotdiag
