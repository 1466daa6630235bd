// Lines are compared with Myers' greedy algorithm (An O(ND) Difference Algorithm and Its Variations, 1986), in stages:
// as soon as a run of equal lines shows that both texts are in step again, or the search has become too wide, the path
// found so far is final and the search starts anew behind it. Any path is a correct diff; stages only give up being
// shortest in odd cases, and keep the cost in proportion to the text.
#include "linter/diff.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace dotdiag {
namespace {

using Lines = std::vector<std::string_view>;

/// Lines with their line feeds, so that a last line without one differs from the same line with one.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

/// Lines [before_begin, before_end) are replaced by [after_begin, after_end).
struct Change {
  std::size_t before_begin, before_end, after_begin, after_end;
};

struct Point {
  std::size_t before = 0;
  std::size_t after = 0;
};

constexpr std::size_t in_step = 8;      // equal lines in a row that end a stage
constexpr std::size_t max_edits = 128;  // edits after which a stage is cut off

/// One stage: from `start` to where the texts are in step again. Appends its changes.
class Stage {
 public:
  Stage(const Lines& before, const Lines& after, Point start) : before_(before), after_(after), start_(start) {}

  Point run(std::vector<Change>& changes) {
    for (edits_ = 0;; ++edits_) {
      furthest_.emplace_back(2 * edits_ + 1);
      for (std::size_t diagonal = 0; diagonal <= 2 * edits_; diagonal += 2) {
        const Point from = step(diagonal);
        const Point to = slide(from);
        furthest_[edits_][diagonal] = to;
        if (is_final(from, to)) return trace(diagonal, changes);
      }
      if (edits_ == max_edits) return trace(best_diagonal(), changes);
    }
  }

 private:
  // Diagonal d of round e has after - before = d - e, relative to the start; in round e - 1 its neighbours are d - 2
  // and d (reached by an insertion and by a deletion).
  bool comes_by_insertion(std::size_t edits, std::size_t diagonal) const {
    if (diagonal == 0) return false;
    if (diagonal == 2 * edits) return true;
    return furthest_[edits - 1][diagonal - 2].before > furthest_[edits - 1][diagonal].before;
  }

  Point predecessor(std::size_t edits, std::size_t diagonal) const {
    return furthest_[edits - 1][comes_by_insertion(edits, diagonal) ? diagonal - 2 : diagonal];
  }

  /// The first point of this round on `diagonal`; past the end of a text where the diagonal leaves it.
  Point step(std::size_t diagonal) const {
    if (edits_ == 0) return start_;
    Point point = predecessor(edits_, diagonal);
    ++(comes_by_insertion(edits_, diagonal) ? point.after : point.before);
    return point;
  }

  Point slide(Point point) const {
    while (point.before < before_.size() && point.after < after_.size() &&
           before_[point.before] == after_[point.after]) {
      ++point.before;
      ++point.after;
    }
    return point;
  }

  bool is_inside(Point point) const { return point.before <= before_.size() && point.after <= after_.size(); }

  bool is_final(Point from, Point to) const {
    if (to.before == before_.size() && to.after == after_.size()) return true;
    return is_inside(to) && to.before - from.before >= in_step;
  }

  std::size_t best_diagonal() const {
    std::size_t best = 0;
    const auto reach = [&](std::size_t diagonal) {
      const Point point = furthest_[edits_][diagonal];
      return is_inside(point) ? point.before + point.after : 0;
    };
    for (std::size_t diagonal = 0; diagonal <= 2 * edits_; diagonal += 2)
      if (reach(diagonal) > reach(best)) best = diagonal;
    return best;
  }

  /// Walks back from this round's `diagonal` to the start. Returns where the stage ends.
  Point trace(std::size_t diagonal, std::vector<Change>& changes) const {
    const Point end = furthest_[edits_][diagonal];
    std::vector<Change> backwards;
    for (std::size_t edits = edits_; edits > 0; --edits) {
      const Point from = predecessor(edits, diagonal);
      const bool inserts = comes_by_insertion(edits, diagonal);
      backwards.push_back({from.before, from.before + !inserts, from.after, from.after + inserts});
      if (inserts) diagonal -= 2;
    }
    changes.insert(changes.end(), backwards.rbegin(), backwards.rend());
    return end;
  }

  const Lines& before_;
  const Lines& after_;
  Point start_;
  std::size_t edits_ = 0;
  std::vector<std::vector<Point>> furthest_;
};

bool touches(const Change& first, const Change& second) {
  return first.before_end == second.before_begin && first.after_end == second.after_begin;
}

std::vector<Change> changes_between(const Lines& before, const Lines& after) {
  std::vector<Change> single_edits;
  Point at;
  while (at.before < before.size() || at.after < after.size())
    at = Stage(before, after, at).run(single_edits);
  std::vector<Change> changes;
  for (const Change& edit : single_edits) {
    if (changes.empty() || !touches(changes.back(), edit)) {
      changes.push_back(edit);
      continue;
    }
    changes.back().before_end = edit.before_end;
    changes.back().after_end = edit.after_end;
  }
  return changes;
}

constexpr std::size_t context = 3;

void write_line(std::string& diff, char mark, std::string_view line) {
  diff += mark;
  diff += line;
  if (!line.ends_with('\n')) diff += "\n\\ No newline at end of file\n";
}

void write_lines(std::string& diff, char mark, const Lines& lines, std::size_t begin, std::size_t end) {
  for (; begin < end; ++begin)
    write_line(diff, mark, lines[begin]);
}

/// `begin` counts from 0; an empty range is named by the line before it, as in every unified diff.
std::string range(std::size_t begin, std::size_t end) {
  const std::size_t count = end - begin;
  return std::to_string(count == 0 ? begin : begin + 1) + (count == 1 ? "" : "," + std::to_string(count));
}

/// Writes the changes [first, last), which are so near each other that their contexts meet.
void write_hunk(std::string& diff, const Lines& before, const Lines& after, const Change* first, const Change* last) {
  const std::size_t lead = std::min(context, first->before_begin);
  const std::size_t tail = std::min(context, before.size() - last[-1].before_end);
  diff += "@@ -" + range(first->before_begin - lead, last[-1].before_end + tail) + " +" +
          range(first->after_begin - lead, last[-1].after_end + tail) + " @@\n";
  std::size_t at = first->before_begin - lead;
  for (; first != last; ++first) {
    write_lines(diff, ' ', before, at, first->before_begin);
    write_lines(diff, '-', before, first->before_begin, first->before_end);
    write_lines(diff, '+', after, first->after_begin, first->after_end);
    at = first->before_end;
  }
  write_lines(diff, ' ', before, at, at + tail);
}

/// git's C style quotes for names that would break the header's line.
std::string header_name(const std::string& name) {
  const auto needs_quotes = [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\' || c == '\x7f';
  };
  if (std::none_of(name.begin(), name.end(), needs_quotes))
    return name.find(' ') == std::string::npos ? name : name + "\t";
  std::string quoted = "\"";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += {'\\', c};
    } else if (needs_quotes(c)) {
      quoted += {'\\', static_cast<char>('0' + byte / 64), static_cast<char>('0' + byte / 8 % 8),
                 static_cast<char>('0' + byte % 8)};
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

/// Where line `number` (from 0) begins; the end of `text` behind the last one.
std::size_t offset_of_line(std::string_view text, const Lines& lines, std::size_t number) {
  return number == lines.size() ? text.size() : static_cast<std::size_t>(lines[number].data() - text.data());
}

}  // namespace

std::vector<ChangedLines> changed_lines(std::string_view before, std::string_view after) {
  const Lines old_lines = lines_of(before);
  const Lines new_lines = lines_of(after);
  std::vector<ChangedLines> changed;
  for (const Change& change : changes_between(old_lines, new_lines))
    changed.push_back(
        {offset_of_line(before, old_lines, change.before_begin), offset_of_line(before, old_lines, change.before_end),
         offset_of_line(after, new_lines, change.after_begin), offset_of_line(after, new_lines, change.after_end)});
  return changed;
}

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  const Lines old_lines = lines_of(before);
  const Lines new_lines = lines_of(after);
  const std::vector<Change> changes = changes_between(old_lines, new_lines);
  if (changes.empty()) return {};

  while (path.starts_with('/'))
    path.remove_prefix(1);
  std::string diff =
      "--- " + header_name("a/" + std::string(path)) + "\n+++ " + header_name("b/" + std::string(path)) + "\n";
  const Change* const end = changes.data() + changes.size();
  for (const Change* first = changes.data(); first != end;) {
    const Change* last = first + 1;
    while (last != end && last->before_begin - last[-1].before_end <= 2 * context)
      ++last;
    write_hunk(diff, old_lines, new_lines, first, last);
    first = last;
  }
  return diff;
}

}  // namespace dotdiag
