// Text as roff wants it written.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag::reference {

/// As roff shows it unchanged: a bare hyphen or quote would become a typographic one, which no shell understands.
std::string escaped(std::string_view text);
/// A line of its own: roff would take a dot at its beginning for a macro.
std::string text_line(std::string_view text);
/// In lines of the source that a person can read; roff fills them anew.
std::string paragraph(const std::string& text);

std::string heading(const std::string& text);
std::string bold(std::string_view text);
std::string italic(std::string_view text);
std::string upper(std::string text);

}  // namespace dotdiag::reference
