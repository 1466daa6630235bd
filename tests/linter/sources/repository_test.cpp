#include "linter/sources/repository.hpp"

#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

constexpr const char* dotnet = "FROM mcr.microsoft.com/dotnet/aspnet:8.0\n";
constexpr const char* node = "FROM node:22\n";
constexpr const char* web_project =
    "<Project "
    "Sdk=\"Microsoft.NET.Sdk.Web\"><PropertyGroup><TargetFramework>net9.0</TargetFramework></PropertyGroup></Project>";

/// A repository called `shop`.
struct Shop {
  test::TemporaryDirectory directory;
  std::vector<ImageMapping> mappings = {};

  void write(const std::string& name, const std::string& text) const { directory.write("shop/" + name, text); }

  /// The language of the image, for a manifest at that place.
  std::string language(std::string_view image, const std::string& manifest = "k8s/x.yaml") const {
    const auto program = this->program(image, manifest);
    return program ? program->language : "";
  }

  std::optional<Program> program(std::string_view image, const std::string& manifest = "k8s/x.yaml") const {
    return Repository::read(directory / "shop").program_of(image, directory / ("shop/" + manifest), mappings);
  }
};

}  // namespace

TEST_CASE("an image is found by the name of its directory, however it is written") {
  const Shop shop;
  shop.write("src/CartService/Dockerfile", dotnet);
  shop.write("src/front/docker/Dockerfile", node);
  shop.write("src/orders/api/Dockerfile", dotnet);
  CHECK(shop.language("cart-service") == ".NET");
  CHECK(shop.language("ghcr.io/acme/shop/cartservice:1@sha256:00") == ".NET");
  CHECK(shop.language("localhost:5000/front") == "Node.js");
  CHECK(shop.language("acme/orders-api") == ".NET");
  CHECK(shop.language("acme/orders/api") == ".NET");
  CHECK(shop.language("acme/shop-front") == "Node.js");
  CHECK(shop.language("acme/cart") == "");
  CHECK(shop.language("acme/docker") == "");
  CHECK(shop.language("") == "");
  CHECK(shop.language(":::") == "");
}

TEST_CASE("the repository itself is the image where it has one program") {
  const Shop shop;
  shop.write("Dockerfile", dotnet);
  CHECK(shop.language("acme/shop") == ".NET");
  CHECK(shop.language("acme/other") == "");
}

TEST_CASE("what builds the image wins over names") {
  const Shop shop;
  shop.write("a/Dockerfile", dotnet);
  shop.write("cart/Dockerfile", node);
  shop.write("docker-compose.yml", "services:\n  x:\n    image: acme/cart\n    build: a\n");
  CHECK(shop.language("registry.example.com/acme/cart") == ".NET");
  CHECK(shop.language("registry.example.com/other/cart") == "Node.js");
}

TEST_CASE("several Dockerfiles in one directory are told apart by what their names add") {
  const Shop shop;
  shop.write("orders/Dockerfile", dotnet);
  shop.write("orders/Dockerfile.worker", node);
  shop.write("mail/Dockerfile.prod", node);
  CHECK(shop.language("orders") == ".NET");
  CHECK(shop.language("orders-worker") == "Node.js");
  CHECK(shop.language("mail") == "Node.js");
}

TEST_CASE("one Dockerfile makes several images, by target and by arguments") {
  const Shop shop;
  shop.write("app/Dockerfile",
             "ARG BASE=node\nFROM node AS web\nFROM mcr.microsoft.com/dotnet/aspnet:8.0 AS api\nFROM $BASE\n");
  shop.write(
      "compose.yaml",
      "services:\n  api: {build: {context: app, target: api}}\n  go: {build: {context: app, args: {BASE: golang}}}\n");
  CHECK(shop.language("api") == ".NET");
  CHECK(shop.language("go") == "Go");
}

TEST_CASE("a project without a Dockerfile is known by its directory and its name") {
  const Shop shop;
  shop.write("src/Web/WebStatus.csproj", web_project);
  shop.write("src/Web/package.json", "{}");
  shop.write("src/Lib/Lib.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"></Project>");
  shop.write("tools/go.mod", "");
  const auto status = shop.program("acme/webstatus");
  REQUIRE(status);
  CHECK(status->language == ".NET");
  CHECK(status->facts.runtime == Version{9, 0});
  CHECK(shop.language("acme/lib") == "");
  CHECK(shop.language("acme/tools") == "Go");
  CHECK(shop.language("acme/web") == ".NET");
}

TEST_CASE("files for tools at the root do not say that the programs below are theirs") {
  const Shop shop;
  shop.write("package.json", "{}");
  shop.write("src/Cart/Cart.csproj", web_project);
  CHECK(shop.language("acme/shop") == "");
}

TEST_CASE("a project says how the program of its Dockerfile is published") {
  const Shop shop;
  shop.write("src/a/Dockerfile", "FROM mcr.microsoft.com/dotnet/runtime-deps:10.0\nENTRYPOINT [\"/app/Cart\"]\n");
  shop.write("src/a/Other.csproj", web_project);
  shop.write("src/a/Cart.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"></Project>");
  shop.write("src/Directory.Build.props",
             "<Project>\n<PropertyGroup>\n<PublishAot>true</PublishAot></PropertyGroup></Project>");
  const auto program = shop.program("cart");
  REQUIRE(program);
  CHECK(program->facts.publishing == ImageFacts::Publishing::native_aot);
  CHECK(program->facts.published_by.ends_with("src/Directory.Build.props:3"));
}

TEST_CASE("of several the nearest counts, and nothing where they contradict each other") {
  const Shop shop;
  shop.write("one/src/cart/Dockerfile", dotnet);
  shop.write("two/src/cart/Dockerfile", node);
  CHECK(shop.language("cart", "one/k8s/x.yaml") == ".NET");
  CHECK(shop.language("cart", "two/k8s/x.yaml") == "Node.js");
  CHECK(shop.language("cart", "k8s/x.yaml") == "");
}

TEST_CASE("of several that agree the language is known and no more") {
  const Shop shop;
  shop.write("one/cart/Dockerfile", dotnet);
  shop.write("two/cart/Dockerfile", std::string(dotnet) + "USER 1000\n");
  const auto program = shop.program("cart");
  REQUIRE(program);
  CHECK(program->language == ".NET");
  CHECK_FALSE(program->facts.user);
}

TEST_CASE("the settings say what an image is whose name does not") {
  Shop shop;
  shop.write("src/frontend/Dockerfile", node);
  shop.write("build/backend.Dockerfile", dotnet);
  shop.write("other/backend.Dockerfile", dotnet);
  shop.mappings = {{"acme/web", shop.directory.path() / "shop/src/frontend", ""},
                   {"api", shop.directory.path() / "shop/other/backend.Dockerfile", ""},
                   {"thing", "", ".NET"}};
  CHECK(shop.language("registry.example.com/acme/web:1") == "Node.js");
  CHECK(shop.language("other/web") == "");
  CHECK(shop.language("api") == ".NET");
  CHECK(shop.language("thing") == ".NET");
  CHECK(Repository().program_of("thing", "x.yaml", shop.mappings)->where == "the settings");
}

TEST_CASE("a hostile repository does no harm") {
  const Shop shop;
  std::string bomb = "a0: &a0 {image: x, build: y}\n";
  for (int number = 1; number < 40; ++number) {
    const std::string before = "*a" + std::to_string(number - 1);
    bomb += "a" + std::to_string(number) + ": &a" + std::to_string(number) + " [" + before + ", " + before + "]\n";
  }
  shop.write("docker-compose.yml", bomb);
  shop.write("compose.yaml", std::string(50'000, '['));
  shop.write("skaffold.yaml", "\xff\xfe\xfd");
  shop.write("x/Dockerfile", std::string(200'000, '\\'));
  shop.write("y/Dockerfile", "FROM y AS y\nFROM y AS y\n");
  std::string braces, stages;
  for (int number = 0; number < 100'000; ++number)
    braces += "{{}}";
  for (int number = 0; number < 50'000; ++number)
    stages += "FROM s AS s\nCOPY --from=s a b\n";
  shop.write("braces.sh", "docker build " + braces);
  shop.write("s/Dockerfile", stages);
  shop.write("z/z.csproj", std::string(200'000, '<'));
  shop.write("w/build.sh", "docker build -t x ../../../../etc\ndocker build -t x -f /etc/passwd /\n");
  CHECK(shop.language("x") == "");
}
