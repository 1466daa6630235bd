#include "linter/well_known_images.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

TEST_CASE("a product is known by its whole name, whoever mirrors it") {
  for (const char* image : {"redis", "redis:7-alpine", "docker.io/library/postgres:16",
                            "registry.corp:5000/mirror/nginx", "envoyproxy/envoy:v1.30@sha256:0123",
                            "mcr.microsoft.com/mssql/server:2022-latest", "bitnami/kafka@sha256:01"}) {
    CAPTURE(image);
    CHECK(is_well_known_product(image));
  }
}

TEST_CASE("everything else is a stranger") {
  for (const char* image :
       {"", "/", "//", ":", "@", "acme/redis-importer:1", "acme/my-nginx", "redis.corp.example/orders:3",
        "mcr.microsoft.com/dotnet/aspnet:8.0", "acme/server:1", "localhost:5000/orders", "nginx/"}) {
    CAPTURE(image);
    CHECK_FALSE(is_well_known_product(image));
  }
}
