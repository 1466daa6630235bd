// Every star tries the shortest text first and is widened where what follows does not fit; only the last star of each
// sort has to be tried again, so the time is at most the product of both lengths for each sort.
#include "linter/glob.hpp"

#include <cstddef>

namespace dotdiag {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// Reads the set that begins at `pattern[at]` (`[`), and sets `at` behind it. A `[` without an end is itself.
bool is_in_set(std::string_view pattern, std::size_t& at, char c) {
  std::size_t end = at + 1;
  const bool negated = end < pattern.size() && (pattern[end] == '!' || pattern[end] == '^');
  if (negated) ++end;
  const std::size_t first = end;
  bool found = false;
  while (end < pattern.size() && (pattern[end] != ']' || end == first)) {
    const bool is_range = end + 2 < pattern.size() && pattern[end + 1] == '-' && pattern[end + 2] != ']';
    found = found || (is_range ? pattern[end] <= c && c <= pattern[end + 2] : pattern[end] == c);
    end += is_range ? 3 : 1;
  }
  if (end == pattern.size()) return pattern[at++] == c;
  at = end + 1;
  return found != negated && c != '/';
}

/// One character of `pattern` against `c`; `at` moves behind it.
bool takes(std::string_view pattern, std::size_t& at, char c) {
  if (pattern[at] == '[') return is_in_set(pattern, at, c);
  if (pattern[at] == '?') return ++at, c != '/';
  if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
  return pattern[at++] == c;
}

/// Where to go on when what follows a star did not fit.
struct Retry {
  std::size_t pattern = none;
  std::size_t text = 0;
};

}  // namespace

bool fits(std::string_view pattern, std::string_view text) {
  Retry within, across;  // after `*`, after `**`
  std::size_t at = 0, begin = 0;
  for (;;) {
    if (at < pattern.size() && pattern[at] == '*') {
      const bool is_double = pattern.substr(at).starts_with("**");
      at += is_double ? 2 : 1;
      // `**/` may be nothing at all, and begins at a name.
      if (is_double && at < pattern.size() && pattern[at] == '/') ++at;
      (is_double ? across : within) = {at, begin};
      if (is_double) within = {};
      continue;
    }
    if (begin == text.size() && at == pattern.size()) return true;
    if (begin < text.size() && at < pattern.size() && takes(pattern, at, text[begin])) {
      ++begin;
      continue;
    }
    if (within.pattern != none && within.text < text.size() && text[within.text] != '/') {
      begin = ++within.text;
      at = within.pattern;
    } else if (across.pattern != none && across.text < text.size()) {
      const bool by_names = pattern[across.pattern - 1] == '/';
      const std::size_t slash = by_names ? text.find('/', across.text) : across.text;
      if (slash == std::string_view::npos) return false;
      begin = across.text = slash + 1;
      at = across.pattern;
      within = {};
    } else {
      return false;
    }
  }
}

Glob::Glob(std::string_view pattern) {
  if (pattern.ends_with('/')) {
    directories_only_ = true;
    pattern.remove_suffix(1);
  }
  const bool is_anchored = pattern.find('/') != std::string_view::npos;
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  pattern_ = (is_anchored ? "" : "**/") + std::string(pattern);
}

bool Glob::matches(std::string_view path, bool is_directory) const {
  return (is_directory || !directories_only_) && fits(pattern_, path);
}

bool Glob::matches_at_or_above(std::string_view path) const {
  if (matches(path, false)) return true;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
    if (matches(path.substr(0, slash), true)) return true;
  return false;
}

}  // namespace dotdiag
