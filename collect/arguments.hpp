// The command line, read by each command's table of options. Help and completions are printed from the same tables.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::collect {

/// What was typed cannot be understood. what() reads `what is wrong: what to do`.
class Misuse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Option {
  std::string_view name;        ///< long, without its dashes
  char letter = '\0';           ///< short, where it has one
  std::string_view value = {};  ///< what to call its value; empty for a flag
  std::string_view help;
};

class Arguments {
 public:
  /// Reads `words` by `options`; at most `most_positional` words may stand alone. Throws Misuse.
  Arguments(const std::vector<std::string>& words, const std::vector<Option>& options, std::size_t most_positional);

  bool has(std::string_view name) const { return values_.contains(name); }
  /// The last one given, or `otherwise`.
  std::string text(std::string_view name, std::string_view otherwise = {}) const;
  /// All that were given.
  std::vector<std::string> all(std::string_view name) const;
  /// Throws Misuse where what was given is no whole number from `least` to `most`.
  std::uint64_t number(std::string_view name, std::uint64_t otherwise, std::uint64_t least, std::uint64_t most) const;
  /// `90`, `30s`, `5m`, `1h`, in seconds.
  std::uint64_t seconds(std::string_view name, std::uint64_t otherwise) const;
  /// One of `words`, or the first of them where the option was not given.
  std::string one_of(std::string_view name, const std::vector<std::string>& words) const;

  const std::vector<std::string>& positional() const { return positional_; }

 private:
  void add(const Option& option, std::string value);

  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> positional_;
};

/// Throws Misuse where `text` is no time as `Arguments::seconds` takes it.
std::uint64_t parse_seconds(std::string_view text);

}  // namespace dotdiag::collect
