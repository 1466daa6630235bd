#include "linter/sources/builds.hpp"

#include "core/document/reader.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

std::string shown(const std::vector<ImageBuild>& builds) {
  std::string text;
  for (const ImageBuild& build : builds)
    text += build.image + " " + build.context + " " + build.dockerfile +
            (build.target.empty() ? "" : " " + build.target) + "\n";
  return text;
}

std::string declared(const std::string& yaml) {
  return shown(declared_builds(read_documents(std::make_shared<const Source>("x", yaml)).at(0).root));
}

}  // namespace

TEST_CASE("an image's name is what is written out of it") {
  CHECK(written_image("${REGISTRY:-eshop}/cart:${TAG:-latest}") == "eshop/cart");
  CHECK(written_image("$REGISTRY/shop/cart:$TAG") == "shop/cart");
  CHECK(written_image("${{ env.REGISTRY }}/cart:${{ github.sha }}") == "cart");
  CHECK(written_image("$(registry)/cart:$(Build.BuildId)") == "cart");
  CHECK(written_image("registry:5000/cart@sha256:00") == "registry:5000/cart");
  CHECK(written_image("shop/${NAME}") == "");
  CHECK(written_image("shop/${NAME}-api") == "");
  CHECK(written_image("") == "");
}

TEST_CASE("compose, skaffold and steps of workflows declare what they build") {
  CHECK(declared("services:\n  cart:\n    image: acme/cart\n    build: ./src/cart\n") == "acme/cart ./src/cart \n");
  CHECK(declared("services:\n  cart:\n    build: {context: ., dockerfile: a/Dockerfile, target: web}\n") ==
        "cart . a/Dockerfile web\n");
  CHECK(declared("services:\n  data:\n    image: redis\n").empty());
  CHECK(declared("build:\n  artifacts:\n  - image: cart\n    context: src\n    docker: {dockerfile: D}\n") ==
        "cart src D\n");
  CHECK(declared("jobs: {x: {steps: [{with: {context: src/a, file: src/a/D, tags: \"acme/a:1, acme/b:1\"}}]}}\n") ==
        "acme/a src/a src/a/D\n");
  CHECK(declared("steps:\n- task: Docker@2\n  inputs: {repository: shop/cart, Dockerfile: cart/Dockerfile}\n") ==
        "shop/cart  cart/Dockerfile\n");
  CHECK(declared("steps:\n- run: docker build -t a src\n") == "a src \n");
  CHECK(declared("a: [1, null, {image: 7, build: [x], context: {}, tags: [3]}]\n").empty());
}

TEST_CASE("build lines are read as a shell would") {
  CHECK(shown(build_lines("docker build -t acme/cart:1 -f src/D .")) == "acme/cart . src/D\n");
  CHECK(
      shown(build_lines("\tdocker buildx build --platform linux/amd64 \\\n  --tag=acme/cart src && docker push x\n")) ==
      "acme/cart src \n");
  CHECK(shown(build_lines("az acr build -r reg -t cart:{{.Run.ID}} -f D src")) == "cart src D\n");
  CHECK(shown(build_lines("/kaniko/executor --context src --dockerfile src/D --destination reg.io/cart")) ==
        "reg.io/cart src src/D\n");
  CHECK(shown(build_lines("docker build --target web -t a . # docker build -t b .")) == "a .  web\n");
  CHECK(build_lines("go build -t x .\ndocker build .\nnpm run build\ndocker build -t $X .\n").empty());
  CHECK(build_lines("docker build -t").empty());
  CHECK(build_lines(std::string(50'000, '\\')).empty());
}
