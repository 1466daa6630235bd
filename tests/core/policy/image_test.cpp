#include "core/policy/image.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {

TEST_CASE("an image reference is name, tag and digest") {
  struct Row {
    const char* reference;
    const char* name;
    const char* tag;
    const char* digest;
  };
  const Row row = GENERATE(values<Row>({
      {"web", "web", "", ""},
      {"web:1.4.2", "web", "1.4.2", ""},
      {"registry.example.com:5000/shop/web", "registry.example.com:5000/shop/web", "", ""},
      {"registry.example.com:5000/shop/web:1.4.2", "registry.example.com:5000/shop/web", "1.4.2", ""},
      {"web@sha256:0d5b", "web", "", "sha256:0d5b"},
      {"web:1.4.2@sha256:0d5b", "web", "1.4.2", "sha256:0d5b"},
      {"web:", "web", "", ""},
      {"", "", "", ""},
  }));
  INFO(row.reference);
  const Image image = Image::parse(row.reference);
  CHECK(image.name == row.name);
  CHECK(image.tag == row.tag);
  CHECK(image.digest == row.digest);
}

TEST_CASE("an image floats without a digest where its tag is latest or none") {
  CHECK(Image::parse("shop/web").is_floating());
  CHECK(Image::parse("shop/web:latest").is_floating());
  CHECK_FALSE(Image::parse("shop/web:1.4.2").is_floating());
  CHECK_FALSE(Image::parse("shop/web@sha256:0d5b").is_floating());
  CHECK_FALSE(Image::parse("shop/web:latest@sha256:0d5b").is_floating());
}

TEST_CASE("an image is for Windows where name or tag say so") {
  for (const char* image : {"mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-ltsc2022",
                            "mcr.microsoft.com/dotnet/framework/aspnet:4.8", "mcr.microsoft.com/windows/servercore:x",
                            "shop/web:1.4-windowsservercore", "pause:3.9-windows-amd64", "shop/web:1_ltsc2019"}) {
    INFO(image);
    CHECK(Image::parse(image).is_windows());
  }
  for (const char* image :
       {"shop/windows-updates:1.4", "shop/web:1.4", "shop/web", "", "shop/web:nowindows", "a:-_."}) {
    INFO(image);
    CHECK_FALSE(Image::parse(image).is_windows());
  }
}

TEST_CASE("only Microsoft's images tell their version of .NET") {
  struct Row {
    const char* reference;
    const char* repository;
    std::optional<Version> version;
  };
  const Row row = GENERATE(values<Row>({
      {"mcr.microsoft.com/dotnet/aspnet:8.0", "aspnet", Version{8, 0}},
      {"mcr.microsoft.com/dotnet/sdk:10.0-alpine", "sdk", Version{10, 0}},
      {"mcr.microsoft.com/dotnet/runtime-deps:9", "runtime-deps", Version{9, 0}},
      {"mcr.microsoft.com/dotnet/nightly/sdk:6.0-alpine", "sdk", Version{6, 0}},
      {"mcr.microsoft.com/dotnet/core/aspnet:3.1", "aspnet", Version{3, 1}},
      {"mcr.microsoft.com/dotnet/monitor/base:8.1", "monitor/base", Version{8, 1}},
      {"registry.example.com/mirror/dotnet/aspnet:8.0.11-jammy", "aspnet", Version{8, 0}},
      {"mcr.microsoft.com/dotnet/samples:aspnetapp", "samples", std::nullopt},
      {"mcr.microsoft.com/dotnet/aspnet", "aspnet", std::nullopt},
      // Versions of something else.
      {"mcr.microsoft.com/dotnet/framework/aspnet:4.8", "", std::nullopt},
      {"mcr.microsoft.com/dotnet/aspire-dashboard:9.0", "", std::nullopt},
      {"registry.example.com/dotnet/shop:6.0.1", "", std::nullopt},
      {"registry.example.com/shop/aspnet:8.0", "", std::nullopt},
  }));
  INFO(row.reference);
  const Image image = Image::parse(row.reference);
  CHECK(image.dotnet_repository() == row.repository);
  CHECK(image.dotnet_version() == row.version);
}

TEST_CASE("an image without a shell is chiseled, distroless, or a newer dotnet-monitor") {
  const auto [reference, has_none] = GENERATE(table<const char*, bool>({
      {"mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra", true},
      {"mcr.microsoft.com/dotnet/aspnet:10.0-azurelinux3.0-distroless", true},
      {"registry.example.com/shop/web:1.4.2-chiseled", true},
      {"gcr.io/distroless/cc-debian12", true},
      {"gcr.io/distroless/cc-debian12:debug", false},
      {"mcr.microsoft.com/dotnet/monitor", true},
      {"mcr.microsoft.com/dotnet/monitor:latest", true},
      {"mcr.microsoft.com/dotnet/monitor:8", true},
      {"mcr.microsoft.com/dotnet/monitor:10.0@sha256:0d5b", true},
      {"mcr.microsoft.com/dotnet/monitor@sha256:0d5b", false},  // not known
      {"mcr.microsoft.com/dotnet/monitor:7.3", false},
      {"mcr.microsoft.com/dotnet/aspnet:10.0", false},
      {"registry.example.com/shop/web:1.4.2", false},
  }));
  INFO(reference);
  CHECK(Image::parse(reference).has_no_shell() == has_none);
}

TEST_CASE("the user of an image is known for Microsoft's and for plain ones") {
  using User = std::optional<std::int64_t>;
  const auto [reference, user] = GENERATE(table<const char*, User>({
      {"mcr.microsoft.com/dotnet/sdk:10.0", User(0)},
      {"mcr.microsoft.com/dotnet/aspnet:6.0", User(0)},
      {"mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", User(1654)},
      {"mcr.microsoft.com/dotnet/aspnet:7.0-jammy-chiseled", User()},  // before `app` had the id 1654
      {"mcr.microsoft.com/dotnet/monitor", User(1654)},
      {"mcr.microsoft.com/dotnet/monitor:8.1", User(1654)},
      {"mcr.microsoft.com/dotnet/monitor:6", User(0)},
      {"mcr.microsoft.com/dotnet/monitor@sha256:0d5b", User()},
      {"mcr.microsoft.com/dotnet/samples:aspnetapp", User()},
      {"busybox", User(0)},
      {"docker.io/library/alpine:3.20", User(0)},
      {"nicolaka/netshoot:v0.13", User(0)},
      {"registry.example.com/shop/web:1.4.2", User()},
      {"", User()},
  }));
  INFO(reference);
  CHECK(Image::parse(reference).default_user() == user);
}

TEST_CASE("Alpine shows in the tag or is the image itself") {
  CHECK(Image::parse("mcr.microsoft.com/dotnet/sdk:10.0-alpine3.22").is_alpine());
  CHECK(Image::parse("library/alpine:3.20").is_alpine());
  CHECK_FALSE(Image::parse("registry.example.com/alpine-tours/web:1.4.2").is_alpine());
}

TEST_CASE("nightly builds are those below dotnet/nightly") {
  CHECK(Image::parse("mcr.microsoft.com/dotnet/nightly/sdk:10.0").is_nightly());
  CHECK_FALSE(Image::parse("mcr.microsoft.com/dotnet/sdk:10.0").is_nightly());
  CHECK_FALSE(Image::parse("registry.example.com/nightly/sdk:10.0").is_nightly());
}

}  // namespace dotdiag
