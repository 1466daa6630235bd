// What trace records, by profile and by provider.
#include "collect/profiles.hpp"

#include "collect/arguments.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::collect;

TEST_CASE("a provider is read as dotnet-trace reads it") {
  const auto provider = parse_provider("My.Source:0x1F:5:Filter=a:b;Other=1");
  CHECK(provider.name == "My.Source");
  CHECK(provider.keywords == 0x1F);
  CHECK(provider.level == 5);
  CHECK(provider.arguments == "Filter=a:b;Other=1");
}

TEST_CASE("a provider's name alone means all its keywords, informational") {
  CHECK(parse_provider("My.Source").keywords == 0xFFFFFFFFFFFFFFFF);
  CHECK(parse_provider("My.Source").level == 4);
  CHECK(parse_provider("My.Source::3").level == 3);
  CHECK(parse_provider("My.Source:FF").keywords == 0xFF);
}

TEST_CASE("a provider that cannot be is refused") {
  for (const char* text : {"", ":1:4", "A:xyz", "A:1:six", "A:1:6", "A:1FFFFFFFFFFFFFFFF"})
    CHECK_THROWS_AS(parse_provider(text), Misuse);
}

TEST_CASE("a profile is found by its name, and others are listed") {
  CHECK(find_profile("gc-verbose").providers[0].keywords == 0x8003);
  CHECK_THROWS_WITH(find_profile("cpu"), "--profile cpu: give one of sampled, common, gc-collect, gc-verbose");
}
