#include "linter/sources/dockerfile.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("instructions are read over comments, continued lines and here-documents") {
  const auto all = docker_instructions(
      "\xEF\xBB\xBF# a comment\n"
      "from alpine \\\n"
      "  # inside\n"
      "  AS base\r\n"
      "RUN <<EOF\n"
      "USER nobody\n"
      "EOF\n"
      "USER app");
  REQUIRE(all.size() == 3);
  CHECK(all[0].name == "FROM");
  CHECK(all[0].arguments == "alpine  AS base");
  CHECK(all[0].line == 2);
  CHECK(all[2].name == "USER");
  CHECK(all[2].line == 8);
}

TEST_CASE("a backtick continues a line where the first line says so") {
  const auto all = docker_instructions("# escape=`\nFROM a `\n AS b\nRUN dir C:\\\nUSER x\n");
  REQUIRE(all.size() == 3);
  CHECK(all[1].arguments == "dir C:\\");
}

TEST_CASE("stages know their base, their user, their variables and what they start") {
  const auto stages = docker_stages(
      "ARG VERSION=8.0\n"
      "FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${VERSION} AS Build\n"
      "FROM mcr.microsoft.com/dotnet/aspnet:${VERSION:-1}-alpine\n"
      "ARG VERSION\n"
      "ENV A=1 B=\"two words\" C=$VERSION\n"
      "ENV OLD the whole rest\n"
      "COPY --from=Build /out .\n"
      "USER $APP_UID\n"
      "ENTRYPOINT [\"dotnet\", \"a.dll\"]\n"
      "CMD --verbose\n");
  REQUIRE(stages.size() == 2);
  CHECK(stages[0].base == "mcr.microsoft.com/dotnet/sdk:8.0");
  CHECK(stages[0].name == "build");
  const DockerStage& last = stages[1];
  CHECK(last.base == "mcr.microsoft.com/dotnet/aspnet:8.0-alpine");
  REQUIRE(last.variables.size() == 4);
  CHECK(last.variables[1].value == "two words");
  CHECK(last.variables[2].value == "8.0");
  CHECK(last.variables[3].value == "the whole rest");
  CHECK(last.variables[3].line == 6);
  CHECK(last.copied_from == Words{"build"});
  CHECK(last.user == "1654");
  CHECK(last.entrypoint == Words{"dotnet", "a.dll"});
  CHECK(last.command == Words{"--verbose"});
}

TEST_CASE("an argument of the build wins over the default") {
  CHECK(docker_stages("ARG BASE=alpine\nFROM $BASE\n", {{"BASE", "debian"}}).at(0).base == "debian");
  CHECK(docker_stages("ARG BASE\nFROM $BASE\n").at(0).base.empty());
}

TEST_CASE("what is no Dockerfile does no harm") {
  for (const char* text :
       {"", "\n\n", "FROM", "FROM\n", "ENV\nUSER\nCMD [\n", "FROM a\nCMD [1, null]\nENV =\nARG\nCOPY --from=\n",
        "FROM ${", "FROM a\nRUN <<", "\\", "FROM a \\", "FROM \"a", "\xff\xfe\x00"})
    docker_stages(text);
  docker_stages(std::string(100'000, '$'));
  docker_stages(std::string(100'000, '\n') + "FROM a");
  CHECK(docker_stages("ENV A=1\nUSER x\n").empty());
}
