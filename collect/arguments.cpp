#include "collect/arguments.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace dotdiag::collect {
namespace {

const Option& find(const std::vector<Option>& options, std::string_view word) {
  const bool is_long = word.starts_with("--");
  for (const Option& option : options)
    if (is_long ? option.name == word.substr(2) : option.letter != '\0' && option.letter == word[1]) return option;
  throw Misuse("unknown option " + std::string(word) + ": see --help");
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Arguments::Arguments(const std::vector<std::string>& words, const std::vector<Option>& options,
                     std::size_t most_positional) {
  bool only_positional = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!only_positional && word == "--") {
      only_positional = true;
    } else if (only_positional || word.size() < 2 || word[0] != '-') {
      positional_.emplace_back(word);
    } else {
      // --name=value, --name value, -n value, -nvalue
      const std::size_t head = word.starts_with("--") ? std::min(word.find('='), word.size()) : 2;
      const Option& option = find(options, word.substr(0, head));
      const bool is_joined = word.size() > head;
      if (option.value.empty() && is_joined)
        throw Misuse("--" + std::string(option.name) + " takes no value: leave it out");
      if (!option.value.empty() && !is_joined && i + 1 == words.size())
        throw Misuse("--" + std::string(option.name) + " needs a value: give " + std::string(option.value));
      if (option.value.empty())
        add(option, "");
      else if (is_joined)
        add(option, std::string(word.substr(head + (word.starts_with("--") ? 1 : 0))));
      else
        add(option, words[++i]);
    }
  }
  if (positional_.size() > most_positional)
    throw Misuse("unexpected word '" + positional_[most_positional] + "': see --help");
}

void Arguments::add(const Option& option, std::string value) {
  values_[std::string(option.name)].push_back(std::move(value));
}

std::string Arguments::text(std::string_view name, std::string_view otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string(otherwise) : found->second.back();
}

std::vector<std::string> Arguments::all(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

std::uint64_t Arguments::number(std::string_view name, std::uint64_t otherwise, std::uint64_t least,
                                std::uint64_t most) const {
  if (!has(name)) return otherwise;
  const auto value = whole_number(text(name));
  if (value && *value >= least && *value <= most) return *value;
  throw Misuse("--" + std::string(name) + " " + text(name) + ": give a whole number from " + std::to_string(least) +
               " to " + std::to_string(most));
}

std::uint64_t parse_seconds(std::string_view text) {
  std::uint64_t unit = 1;
  std::string_view digits = text;
  if (text.ends_with('s') || text.ends_with('m') || text.ends_with('h')) digits.remove_suffix(1);
  if (text.ends_with('m')) unit = 60;
  if (text.ends_with('h')) unit = 3600;
  const auto value = whole_number(digits);
  constexpr std::uint64_t most = 1'000'000'000;
  if (value && *value <= most) return *value * unit;
  throw Misuse(std::string(text) + " is no time: give seconds, or a number with s, m or h");
}

std::uint64_t Arguments::seconds(std::string_view name, std::uint64_t otherwise) const {
  return has(name) ? parse_seconds(text(name)) : otherwise;
}

std::string Arguments::one_of(std::string_view name, const std::vector<std::string>& words) const {
  const std::string given = text(name, words.front());
  if (std::find(words.begin(), words.end(), given) != words.end()) return given;
  std::string all;
  for (const std::string& word : words)
    all += (all.empty() ? "" : ", ") + word;
  throw Misuse("--" + std::string(name) + " " + given + ": give one of " + all);
}

}  // namespace dotdiag::collect
