#include "core/ephemeral/shell.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

/// PowerShell takes the typographic quotes for the plain one.
/// Source: learn.microsoft.com, about_Quoting_Rules, and the language specification, section 2.3.5.2.
constexpr std::array<std::string_view, 5> powershell_quotes = {"'", "\u2018", "\u2019", "\u201a", "\u201b"};

}  // namespace

std::string shell_word(std::string_view word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@,+%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
  std::string quoted = "'";
  for (const char character : word) {
    if (character == '\'') {
      quoted += "'\\''";
    } else {
      quoted += character;
    }
  }
  return quoted + "'";
}

std::string powershell_word(std::string_view word) {
  std::string quoted = "'";
  for (std::size_t at = 0; at < word.size();) {
    const auto quote = std::find_if(powershell_quotes.begin(), powershell_quotes.end(),
                                    [&](std::string_view one) { return word.substr(at, one.size()) == one; });
    const auto piece = quote == powershell_quotes.end() ? word.substr(at, 1) : *quote;
    quoted += piece;
    if (quote != powershell_quotes.end()) quoted += piece;
    at += piece.size();
  }
  return quoted + "'";
}

}  // namespace dotdiag
