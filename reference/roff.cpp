#include "reference/roff.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <sstream>

namespace dotdiag::reference {

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return std::toupper(letter); });
  return text;
}

std::string escaped(std::string_view text) {
  static const std::map<char, std::string> glyphs = {{'\\', "\\e"},  {'-', "\\-"},   {'\'', "\\(aq"},
                                                     {'`', "\\(ga"}, {'^', "\\(ha"}, {'~', "\\(ti"}};
  std::string result;
  for (const char letter : text) {
    const auto glyph = glyphs.find(letter);
    result += glyph == glyphs.end() ? std::string(1, letter) : glyph->second;
  }
  return result;
}

std::string text_line(std::string_view text) {
  return (text.starts_with('.') ? "\\&" : "") + escaped(text) + "\n";
}

std::string paragraph(const std::string& text) {
  constexpr std::size_t width = 78;
  std::istringstream words(text);
  std::string result, line;
  for (std::string word; words >> word;) {
    if (!line.empty() && line.size() + 1 + word.size() > width) {
      result += text_line(line);
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return result + (line.empty() ? "" : text_line(line));
}

std::string heading(const std::string& text) {
  return ".SH " + upper(text) + "\n";
}

std::string bold(std::string_view text) {
  return "\\fB" + escaped(text) + "\\fR";
}

std::string italic(std::string_view text) {
  return "\\fI" + escaped(text) + "\\fR";
}

}  // namespace dotdiag::reference
