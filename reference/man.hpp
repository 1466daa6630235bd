// A manual page in man(7), whose macros every man program knows.
#pragma once

#include "reference/command.hpp"

#include <string>

namespace dotdiag::reference {

/// What stands in the margins of a page.
struct Edition {
  std::string date;     ///< `2026-01-31`
  std::string version;  ///< `0.1.0`
};

/// `kubectl-dotdiag-inject`: how the page of a command is called.
std::string page_name(const Command& command);

/// The page of `command`; `family` are other pages to look at, by name.
std::string man_page(const Command& command, const std::vector<std::string>& family, const Edition& edition);

}  // namespace dotdiag::reference
