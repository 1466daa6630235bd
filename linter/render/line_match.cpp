#include "linter/render/line_match.hpp"

#include "core/policy/words.hpp"

#include <algorithm>
#include <cstdint>

namespace dotdiag {
namespace {

constexpr std::size_t most_pairs = 4'000'000;

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(trimmed(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// How well a line of a template fits a rendered one: 4 for the same, 1 to 3 where what stands before and behind its
/// actions is there, 0 else.
std::uint32_t fit(std::string_view line, std::string_view rendered) {
  if (rendered.empty()) return 0;
  const std::size_t open = line.find("{{");
  if (open == std::string_view::npos) return line == rendered ? 4 : 0;
  const std::size_t close = line.rfind("}}");
  if (close == std::string_view::npos || close < open) return 0;
  const std::string_view before = line.substr(0, open);
  const std::string_view behind = line.substr(close + 2);
  if (before.empty() && behind.empty()) return 0;  // an action alone may be anything
  if (before.size() + behind.size() > rendered.size()) return 0;
  const bool fits = rendered.starts_with(before) && rendered.ends_with(behind);
  return !fits ? 0 : before.size() > 6 ? 3 : before.size() > 2 ? 2 : 1;
}

}  // namespace

std::vector<std::size_t> match_lines(std::string_view text, std::string_view rendered) {
  const Lines lines = lines_of(text);
  const Lines others = lines_of(rendered);
  std::vector<std::size_t> origins(others.size(), 0);
  if (lines.empty() || lines.size() > most_pairs / std::max<std::size_t>(1, others.size())) return origins;
  // best[i][j]: the highest sum of fits between the lines from i on and the others from j on.
  const std::size_t width = others.size() + 1;
  std::vector<std::uint32_t> best((lines.size() + 1) * width, 0);
  const auto at = [&](std::size_t line, std::size_t other) -> std::uint32_t& { return best[line * width + other]; };
  for (std::size_t line = lines.size(); line-- > 0;) {
    for (std::size_t other = others.size(); other-- > 0;) {
      const std::uint32_t own = fit(lines[line], others[other]);
      at(line, other) =
          std::max({at(line + 1, other), at(line, other + 1), own == 0 ? 0 : own + at(line + 1, other + 1)});
    }
  }
  for (std::size_t line = 0, other = 0; line < lines.size() && other < others.size();) {
    const std::uint32_t own = fit(lines[line], others[other]);
    if (own > 0 && at(line, other) == own + at(line + 1, other + 1)) {
      origins[other++] = ++line;
    } else if (at(line, other) == at(line + 1, other)) {
      ++line;
    } else {
      ++other;
    }
  }
  return origins;
}

}  // namespace dotdiag
