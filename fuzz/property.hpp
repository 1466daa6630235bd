// What the fuzz targets share: how a broken property is reported, and how one input is divided into several.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace dotdiag::fuzz {

/// What a target does with one input. Each target defines it in its own file; entry.cpp calls it.
void check(std::string_view input);

/// Ends the program where `holds` is false, so that libFuzzer keeps the input. `property` says what should have been
/// true, `details` what was found instead.
inline void require(bool holds, std::string_view property, std::string_view details = {}) {
  if (holds) return;
  std::fprintf(stderr, "broken property: %.*s\n%.*s\n", static_cast<int>(property.size()), property.data(),
               static_cast<int>(details.size()), details.data());
  std::abort();
}

/// ASCII has this character for it. Neither JSON nor YAML can contain it.
inline constexpr char record_separator = '\x1E';

/// The first `count` parts of `input` between record separators, the last one with all the rest; missing ones are
/// empty.
inline std::vector<std::string_view> parts(std::string_view input, std::size_t count) {
  std::vector<std::string_view> result(count);
  for (std::size_t i = 0; i + 1 < count; ++i) {
    result[i] = input.substr(0, input.find(record_separator));
    input.remove_prefix(result[i].size());
    if (!input.empty()) input.remove_prefix(1);
  }
  result.back() = input;
  return result;
}

}  // namespace dotdiag::fuzz
