// The messages, by who prints them: a table a file.
#pragma once

#include "core/policy/symptom.hpp"

namespace dotdiag {

/// Seen as it is printed, by the version named. A test holds the pattern to the verbatim text.
constexpr Evidence seen(std::string_view with) {
  return {Evidence::Kind::seen, with};
}
constexpr Evidence in_source{Evidence::Kind::source, {}};
constexpr Evidence documented{Evidence::Kind::documentation, {}};

const std::vector<Symptom>& symptoms_of_tools();
const std::vector<Symptom>& symptoms_of_runtime();
const std::vector<Symptom>& symptoms_of_cluster();

}  // namespace dotdiag
