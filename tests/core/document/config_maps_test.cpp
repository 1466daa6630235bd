#include "core/document/config_maps.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {
namespace {

Json config_map(const char* name_space, Json data) {
  return {{"metadata", {{"namespace", name_space}, {"name", "runtime"}}}, {"data", std::move(data)}};
}

}  // namespace

TEST_CASE("a ConfigMap is found by namespace and name, and its texts by key") {
  ConfigMaps known;
  known.add(config_map("shop", {{"ipc", "0"}, {"number", 0}}));
  CHECK(known.find("shop", "runtime", "ipc") == "0");
  CHECK_FALSE(known.find("shop", "runtime", "number"));
  CHECK_FALSE(known.find("shop", "runtime", "gone"));
  CHECK_FALSE(known.find("shop", "other", "ipc"));
  CHECK_FALSE(known.find("", "runtime", "ipc"));
}

TEST_CASE("of two ConfigMaps that differ under one name, nobody knows which a pod meets") {
  ConfigMaps known;
  known.add(config_map("shop", {{"ipc", "0"}}));
  known.add(config_map("shop", {{"ipc", "0"}}));
  CHECK(known.find("shop", "runtime", "ipc") == "0");
  known.add(config_map("shop", {{"ipc", "1"}}));
  CHECK_FALSE(known.find("shop", "runtime", "ipc"));
  known.add(config_map("shop", {{"ipc", "1"}}));
  CHECK_FALSE(known.find("shop", "runtime", "ipc"));
}

TEST_CASE("what is no ConfigMap is passed over") {
  ConfigMaps known;
  for (const char* odd : {"null", "7", "[]", R"({"data": {"a": "b"}})", R"({"metadata": [], "data": {"a": "b"}})",
                          R"({"metadata": {"name": "runtime"}, "data": ["a"]})"})
    known.add(Json::parse(odd));
  CHECK_FALSE(known.find("", "runtime", "a"));
}

}  // namespace dotdiag
