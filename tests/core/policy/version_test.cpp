#include "core/policy/version.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {

TEST_CASE("a version is its first two numbers, and what follows them does not count") {
  const auto [text, version] = GENERATE(table<const char*, Version>({
      {"1.28", Version{1, 28}},
      {"v1.28.3", Version{1, 28}},
      {"1.27.3-gke.100", Version{1, 27}},
      {"v1.30.2+k3s1", Version{1, 30}},
      {"8", Version{8, 0}},
      {"8-alpine", Version{8, 0}},
      {"8.0-alpine", Version{8, 0}},
      {"10.0.100-preview.4", Version{10, 0}},
      {"9999.9999", Version{9999, 9999}},
  }));
  INFO(text);
  CHECK(Version::parse(text) == version);
}

TEST_CASE("other texts are no versions") {
  const auto* text =
      GENERATE("", "v", "latest", "alpine-8", ".8", "-1", "8x", "8.", "10000", "1.10000", "20260101", " 8");
  INFO(text);
  CHECK(Version::parse(text) == std::nullopt);
}

TEST_CASE("versions are compared by number, not by letter") {
  CHECK(Version{1, 9} < Version{1, 28});
  CHECK(Version{5, 0} < Version{10, 0});
  CHECK(Version{1, 28}.text() == "1.28");
}

}  // namespace dotdiag
