// Stands in for the header of Catch2 2 where the system has Catch2 3: the same names, so that one set of tests fits
// both. tests/CMakeLists.txt puts this folder on the include path only there.
#pragma once

#include <catch2/catch_all.hpp>
#include <string>

namespace Catch {

namespace Matchers {

// In version 3 `Contains` looks for an element and `ContainsSubstring` for text; a plain function is preferred to a
// template.
inline auto Contains(const char* text) {
  return ContainsSubstring(std::string(text));
}
inline auto Contains(std::string text) {
  return ContainsSubstring(text);
}

}  // namespace Matchers

// Version 2 has the matchers in namespace Catch as well.
using namespace Matchers;

}  // namespace Catch
