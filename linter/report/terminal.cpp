#include "linter/report/terminal.hpp"

#include "core/document/printable.hpp"

namespace dotdiag {
namespace {

constexpr std::string_view bold = "\033[1m";
constexpr std::string_view green = "\033[32m";
constexpr std::string_view red = "\033[31m";
constexpr std::string_view plain = "\033[0m";

std::string_view color_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "\033[1;36m";
    case Severity::warning:
      return "\033[1;33m";
    case Severity::error:
      return "\033[1;31m";
  }
  return "";
}

/// White space as wide as the start of `line` up to `column`: tabs stay tabs, so that the caret stands below its
/// character.
std::string indent_below(std::string_view line, std::size_t column) {
  std::string indent;
  for (const char c : line) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;  // inside a UTF-8 sequence
    if (indent.size() + 1 >= column) break;
    indent += c == '\t' ? '\t' : ' ';
  }
  return indent;
}

/// The width of what stands before a source line: three spaces, its number, and one more.
std::string margin_of(const Finding& at) {
  return std::string(std::to_string(at.begin.line).size() + 4, ' ');
}

}  // namespace

void Terminal::headline(const Finding& at, Severity severity, std::string_view text) {
  out_ << color(bold) << printable(at.file);
  if (at.begin.line > 0) out_ << ':' << at.begin.line << ':' << at.begin.column;
  out_ << ": " << color(color_of(severity)) << severity_name(severity) << ": " << color(plain) << printable(text)
       << '\n';
}

void Terminal::source_line(const Finding& at, Severity severity) {
  if (at.excerpt.width == 0) return;
  const std::string line = one_line(at.excerpt.text);
  out_ << "   " << at.begin.line << " | " << line << '\n'
       << margin_of(at) << "| " << indent_below(line, at.excerpt.column) << color(color_of(severity))
       << std::string(at.excerpt.width, '^') << color(plain) << '\n';
}

void Terminal::aside(const Finding& at, std::string_view label, std::string_view text) {
  out_ << margin_of(at) << "= " << label << ':' << (text.empty() ? "" : " ") << printable(text) << '\n';
}

void Terminal::aside(const Finding& at, Severity severity, std::string_view text) {
  out_ << margin_of(at) << "= " << color(color_of(severity)) << severity_name(severity) << color(plain) << ": "
       << printable(text) << '\n';
}

void Terminal::preview(const PreviewLine& line) {
  const std::string number = std::to_string(line.number);
  const std::string_view tint = line.mark == '+' ? green : line.mark == '-' ? red : "";
  const std::string label = line.mark == '+' ? std::string(number.size(), ' ') : number;
  out_ << "   " << label << ' ' << (line.mark == ' ' ? '|' : line.mark) << ' ' << color(tint) << one_line(line.text)
       << color(tint.empty() ? "" : plain) << '\n';
}

void Terminal::paste(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out_ << "    " << one_line(text.substr(0, end)) << '\n';
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

}  // namespace dotdiag
