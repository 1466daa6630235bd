#include "patch/plugin/words.hpp"

#include "core/ephemeral/shell.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace dotdiag {

std::string time_words(double seconds) {
  std::array<char, 32> text{};
  if (seconds < 9.95)
    std::snprintf(text.data(), text.size(), "%.1f s", seconds);
  else if (seconds < 120)
    std::snprintf(text.data(), text.size(), "%.0f s", seconds);
  else
    std::snprintf(text.data(), text.size(), "%.0f min", std::ceil(seconds / 60));
  return text.data();
}

std::string word_for_any_shell(std::string_view word) {
  constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=+";
  const bool has = !word.empty() && word.find_first_not_of(harmless) == std::string_view::npos;
  if (has) return std::string(word);
  // In single quotes nothing is special for any of them but a single quote.
  if (word.find('\'') == std::string_view::npos) return "'" + std::string(word) + "'";
  if (word.find_first_of("\"$`\\!") == std::string_view::npos) return "\"" + std::string(word) + "\"";
  return shell_word(word);
}

}  // namespace dotdiag
