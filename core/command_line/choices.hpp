// The choices of an option, written once: the parser checks them, --help shows them, completions offer them.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <utility>
#include <vector>

namespace dotdiag {

/// Each is one way to give an option.
using Words = std::vector<std::string>;

/// `text|json`
std::string alternatives(const Words& choices);

/// `option` takes one of `choices` and nothing else. They are its metavar too, unless another is given.
CLI::Option* one_of(const Words& choices, CLI::Option* option, const std::string& metavar = "");

/// The same for an option whose choices stand for values.
template <typename Value>
CLI::Option* one_of(const std::vector<std::pair<std::string, Value>>& named, CLI::Option* option) {
  Words choices;
  for (const auto& [name, value] : named)
    choices.push_back(name);
  return option->type_name(alternatives(choices))
      ->transform(CLI::CheckedTransformer(named).description("").name(alternatives(choices)));
}

/// `option` takes anything; `choices` are what it most often is. Whatever it may not be is found out elsewhere.
CLI::Option* such_as(const Words& choices, CLI::Option* option);

/// What `option` was given by one_of or such_as; empty where it was given neither.
Words choices_of(CLI::Option& option);

}  // namespace dotdiag
