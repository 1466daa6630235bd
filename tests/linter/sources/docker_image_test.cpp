#include "linter/sources/docker_image.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

DockerImage image(const std::string& text, std::string_view target = {}) {
  return image_of(docker_stages(text), "Dockerfile", target);
}

}  // namespace

TEST_CASE("a Dockerfile says what its image runs") {
  struct Example {
    std::string text, language;
    std::size_t line;
  };
  const auto example = GENERATE(values<Example>({
      {"FROM mcr.microsoft.com/dotnet/aspnet:8.0\n", ".NET", 1},
      {"FROM mcr.microsoft.com/dotnet/sdk:8.0 AS b\nFROM debian\nCOPY --from=b /out .\n", ".NET", 1},
      {"FROM mcr.microsoft.com/dotnet/sdk:8.0 AS b\nFROM nginx\nCOPY --from=b /out .\n", "nginx", 2},
      {"FROM node AS spa\nFROM mcr.microsoft.com/dotnet/sdk AS b\nFROM scratch\nCOPY --from=spa . .\nCOPY --from=1 . "
       ".\n",
       ".NET", 2},
      {"FROM registry.example.com/base\nENTRYPOINT dotnet a.dll\n", ".NET", 1},
      {"FROM registry.example.com/base\nENTRYPOINT [\"tini\", \"--\", \"sh\", \"-c\", \"cd /a && exec dotnet "
       "a.dll\"]\n",
       ".NET", 1},
      {"FROM golang:1 AS b\nFROM scratch\nCOPY --from=b /x /x\nENTRYPOINT [\"/x\"]\n", "Go", 1},
      {"FROM alpine\nRUN apk add gcc\nRUN pip install -r requirements.txt\n", "Python", 3},
      {"FROM eclipse-temurin:21-jre\n", "Java", 1},
      {"FROM python:3.12-slim\n", "Python", 1},
      {"FROM gcr.io/distroless/nodejs22\n", "Node.js", 1},
      {"FROM registry.example.com/base\nCMD [\"java\", \"-jar\", \"a.jar\"]\n", "Java", 1},
      {"FROM registry.example.com/base\nCMD [\"/app/run\", \"java\"]\n", "", 1},
      {"FROM ${BASE}\n", "", 1},
      {"FROM alpine\n", "", 1},
  }));
  CAPTURE(example.text);
  CHECK(image(example.text).language == example.language);
  CHECK(image(example.text).line == example.line);
}

TEST_CASE("the last stage has what the stages have that it is made from") {
  const DockerImage made = image(
      "FROM mcr.microsoft.com/dotnet/aspnet:8.0-alpine AS base\n"
      "ENV TMPDIR=/a\n"
      "USER app\n"
      "ENTRYPOINT [\"dotnet\", \"a.dll\"]\n"
      "FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build\n"
      "ENV DOTNET_EnableDiagnostics=0\n"
      "RUN dotnet publish -p:PublishSingleFile=True\n"
      "FROM base AS final\n"
      "ENV TMPDIR=/b\n");
  CHECK(made.facts.base == "mcr.microsoft.com/dotnet/aspnet:8.0-alpine");
  CHECK(made.facts.where == "Dockerfile:8");
  REQUIRE(made.facts.variable("TMPDIR") != nullptr);
  CHECK(made.facts.variable("TMPDIR")->value == "/b");
  CHECK(made.facts.variable("TMPDIR")->where == "Dockerfile:9");
  CHECK(made.facts.variable("DOTNET_EnableDiagnostics") == nullptr);
  CHECK(made.facts.user == 1654);
  CHECK(made.facts.group == 1654);
  CHECK(made.facts.start == std::vector<std::string>{"dotnet", "a.dll"});
  CHECK(made.facts.runtime == Version{8, 0});
  CHECK(made.facts.publishing == ImageFacts::Publishing::single_file);
  CHECK(made.facts.published_by == "Dockerfile:7");
}

TEST_CASE("a target other than the last stage can be asked for") {
  const std::string text = "FROM node AS web\nFROM mcr.microsoft.com/dotnet/aspnet:8.0 AS api\n";
  CHECK(image(text).language == ".NET");
  CHECK(image(text, "WEB").language == "Node.js");
  CHECK(image(text, "none").language == ".NET");
}

TEST_CASE("the user is what USER says, else what the base is known to run as") {
  struct Example {
    std::string text;
    std::optional<std::int64_t> user, group;
  };
  const auto example = GENERATE(values<Example>({
      {"FROM mcr.microsoft.com/dotnet/aspnet:8.0\n", 0, 0},
      {"FROM mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled\n", 1654, 1654},
      {"FROM mcr.microsoft.com/dotnet/aspnet:8.0\nUSER 1000:2000\n", 1000, 2000},
      {"FROM mcr.microsoft.com/dotnet/aspnet:8.0\nUSER 1000\n", 1000, std::nullopt},
      {"FROM mcr.microsoft.com/dotnet/aspnet:8.0\nUSER nobody\n", std::nullopt, std::nullopt},
      {"FROM registry.example.com/base\n", std::nullopt, std::nullopt},
      {"FROM registry.example.com/base\nUSER root\n", 0, 0},
  }));
  CAPTURE(example.text);
  CHECK(image(example.text).facts.user == example.user);
  CHECK(image(example.text).facts.group == example.group);
}

TEST_CASE("stages that lead in circles, and names that are numbers, do no harm") {
  CHECK(image("FROM a AS a\nFROM b AS b\nFROM a AS b\nFROM b AS a\n").language.empty());
  CHECK(image("FROM 0\nFROM 1\nFROM 99999999999999999999\n").language.empty());
  CHECK(image("").language.empty());
}
