// What trace records, by profile and by provider.
#include "collect/profiles.hpp"

#include "collect/arguments.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

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

TEST_CASE("a level may be named") {
  CHECK(parse_provider("A:1:Verbose").level == 5);
  CHECK(parse_provider("A:1:LogAlways").level == 0);
  CHECK(parse_provider("A:1:warning:B=1").level == 3);
}

TEST_CASE("a provider that is named takes the place of the profile's") {
  auto providers = find_profile("sampled").providers;
  add_provider(providers, parse_provider("Microsoft-Windows-DotNETRuntime:1:5"));
  add_provider(providers, parse_provider("My.Source"));
  REQUIRE(providers.size() == 3);
  CHECK(providers[0].keywords == 1);
  CHECK(providers[0].level == 5);
  CHECK(providers[2].name == "My.Source");
}

/// `rundown: provider:keywords:level ...`
std::string recorded_by(std::string_view name) {
  const Profile& profile = find_profile(name);
  std::ostringstream text;
  text << std::hex << profile.rundown << ':';
  for (const auto& provider : profile.providers)
    text << ' ' << provider.name << ':' << provider.keywords << ':' << provider.level;
  return text.str();
}

TEST_CASE("a profile records what dotnet-trace's of the same name does") {
  const auto& [name, recorded] = GENERATE(table<const char*, const char*>({
      {"dotnet-common", "80020139: Microsoft-Windows-DotNETRuntime:100003801d:4"},
      {"dotnet-sampled-thread-time", "80020139: Microsoft-DotNETCore-SampleProfiler:0:4"},
      {"gc-collect", "1: Microsoft-Windows-DotNETRuntime:1:4 Microsoft-Windows-DotNETRuntimePrivate:1:4"},
      {"gc-verbose", "80020139: Microsoft-Windows-DotNETRuntime:8003:5"},
      {"database", "80020139: System.Threading.Tasks.TplEventSource:80:4 Microsoft-Diagnostics-DiagnosticSource:3:5"},
      {"cpu-sampling",
       "80020139: Microsoft-DotNETCore-SampleProfiler:0:4 Microsoft-Windows-DotNETRuntime:14c14fccbd:4"},
      {"sampled", "80020139: Microsoft-Windows-DotNETRuntime:100003801d:4 Microsoft-DotNETCore-SampleProfiler:0:4"},
      {"common", "80020139: Microsoft-Windows-DotNETRuntime:100003801d:4"},
  }));
  CHECK(recorded_by(name) == recorded);
}

TEST_CASE("the profile for databases asks for four events, one a line, in quotes") {
  const std::string& filter = find_profile("database").providers.at(1).arguments;
  CHECK(filter.starts_with("FilterAndPayloadSpecs=\"SqlClientDiagnosticListener/"));
  CHECK(filter.ends_with(":\""));
  CHECK(std::count(filter.begin(), filter.end(), '\n') == 3);
  CHECK(std::count(filter.begin(), filter.end(), '"') == 2);
  CHECK(std::count(filter.begin(), filter.end(), '@') == 4);
}

TEST_CASE("a profile is found by its name, and others are listed") {
  CHECK(find_profile("gc-verbose").providers[0].keywords == 0x8003);
  CHECK_THROWS_WITH(find_profile("cpu"),
                    "--profile cpu: give one of sampled, dotnet-common, dotnet-sampled-thread-time, gc-collect, "
                    "gc-verbose, database, cpu-sampling");
}
