#include "tests/support/places.hpp"

namespace dotdiag::test {

std::string source_path(const std::string& below) {
  return below.empty() ? DOTDIAG_SOURCE_DIR : DOTDIAG_SOURCE_DIR "/" + below;
}

std::string build_path(const std::string& below) {
  return DOTDIAG_BINARY_DIR "/" + below;
}

}  // namespace dotdiag::test
