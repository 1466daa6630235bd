#include "core/ephemeral/shell.hpp"

#include "tests/support/process.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::test {
namespace {

const std::vector<std::string> odd_words = {
    "plain",
    "",
    "two words",
    "it's",
    "\"quoted\"",
    "$HOME",
    "`id`",
    "$(id)",
    "a;b",
    "a&b|c>d<e",
    "*?[x]{y}",
    "~",
    "#comment",
    "back\\slash",
    "-n",
    "tab\tand\nline",
    "ünïcödé \u2713",
    "''",
    "\u2018typographic\u2019 \u201aquotes\u201b",
    "!history",
    "%d\\n",
    "a=b",
    "\r",
};

/// The string that PowerShell's language specification (2.3.5.2) makes of a verbatim string literal.
std::string powershell_reads(std::string_view literal) {
  const std::vector<std::string_view> quotes = {"'", "\u2018", "\u2019", "\u201a", "\u201b"};
  const auto quote_at = [&](std::size_t at) -> std::string_view {
    for (const std::string_view quote : quotes) {
      if (literal.substr(at, quote.size()) == quote) return quote;
    }
    return {};
  };
  REQUIRE(literal.size() >= 2);
  std::string value;
  std::size_t at = quote_at(0).size();
  while (at < literal.size()) {
    const auto quote = quote_at(at);
    if (quote.empty()) {
      value += literal[at++];
      continue;
    }
    const auto second = quote_at(at + quote.size());
    if (second.empty()) {
      CHECK(at + quote.size() == literal.size());  // the end of the literal is the end of the text
      return value;
    }
    value += second;
    at += quote.size() + second.size();
  }
  FAIL("the literal does not end");
  return value;
}

}  // namespace

TEST_CASE("a shell reads back each word that was quoted for it") {
  for (const char* shell : {"sh", "bash"}) {
    for (const std::string& word : odd_words) {
      CAPTURE(shell, word);
      CHECK(run_process({shell, "-c", "printf %s " + shell_word(word)}).out == word);
    }
  }
}

TEST_CASE("a word stays one word and is no option of the shell") {
  CHECK(run_process({"sh", "-c", "set -- " + shell_word("a  b") + "; echo $#"}).out == "1\n");
  CHECK(shell_word("--image=mcr.microsoft.com/dotnet/sdk:10.0") == "--image=mcr.microsoft.com/dotnet/sdk:10.0");
}

TEST_CASE("PowerShell reads back each string that was quoted for it, typographic quotes included") {
  for (const std::string& word : odd_words) {
    CAPTURE(word);
    CHECK(powershell_reads(powershell_word(word)) == word);
  }
}

}  // namespace dotdiag::test
