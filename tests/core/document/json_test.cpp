#include "core/document/json.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace dotdiag;

TEST_CASE("a member that is null, missing or of another type is absent") {
  const Json object = Json::parse(R"({"text": "t", "none": null, "list": [1], "number": 1})");
  CHECK(member(object, "none") == nullptr);
  CHECK(member(object, "gone") == nullptr);
  CHECK(member(Json("text"), "text") == nullptr);
  CHECK(*member(object, "number") == 1);
  CHECK(text_member(object, "text") == "t");
  CHECK(text_member(object, "number").empty());
  CHECK(items_member(object, "list").size() == 1);
  CHECK(items_member(object, "text").empty());
  CHECK(items_member(object, "gone").empty());
}

TEST_CASE("a member is put in place or at the end") {
  Json object = Json::parse(R"({"a": 1, "b": 2})");
  put_member(object, "a", 3);
  put_member(object, "c", 4);
  CHECK(object.dump() == R"({"a":3,"b":2,"c":4})");
}

TEST_CASE("putting a member leaves the other values where they are in memory") {
  Json object = Json::parse(R"({"a": [1]})");
  const Json* item = &object["a"][0];
  for (int i = 0; i < 100; ++i)
    put_member(object, std::to_string(i), i);
  CHECK(&object["a"][0] == item);
  CHECK(object.size() == 101);
}

TEST_CASE("documents are the same whatever the order of members and the way numbers are written") {
  struct Row {
    const char* left;
    const char* right;
    bool same;
  };
  const std::vector<Row> rows{
      {R"({"a": 1, "b": [2]})", R"({"b": [2], "a": 1})", true},
      {R"({"a": {"b": 1, "c": 2}})", R"({"a": {"c": 2, "b": 1}})", true},
      {R"({"a": 1})", R"({"a": 1, "b": null})", false},
      {R"({"a": 1})", R"({"b": 1})", false},
      {"[1, 2]", "[2, 1]", false},
      {"[1]", "[1, 1]", false},
      {"[]", "{}", false},
      {"1", "1.0", true},
      {"-1", "-1.0", true},
      {"1", "1.5", false},
      {"0", "false", false},
      {"1", "\"1\"", false},
      {"null", "null", true},
      {"18446744073709551615", "-1", false},
      {"9007199254740993", "9007199254740992.0", false},
      {"9223372036854775808", "9223372036854775808.0", true},
      {"18446744073709551615", "18446744073709551616.0", false},
      {"-9223372036854775808", "-9223372036854775808.0", true},
  };
  for (const auto& [left, right, same] : rows) {
    INFO(left << " and " << right);
    CHECK(same_document(Json::parse(left), Json::parse(right)) == same);
    CHECK(same_document(Json::parse(right), Json::parse(left)) == same);
  }
}

TEST_CASE("a signed and an unsigned number are the same where their values are") {
  CHECK(same_document(Json(std::int64_t{5}), Json(std::uint64_t{5})));
  CHECK_FALSE(same_document(Json(std::int64_t{-1}), Json(~std::uint64_t{0})));
}

TEST_CASE("comparing big objects in opposite order is not quadratic") {
  constexpr int count = 200'000;  // minutes, if each member were searched for
  Json up = Json::object();
  Json down = Json::object();
  up.get_ref<Json::object_t&>().reserve(count);
  down.get_ref<Json::object_t&>().reserve(count);
  for (int i = 0; i < count; ++i) {
    up.get_ref<Json::object_t&>().emplace_back(std::to_string(i), i);
    down.get_ref<Json::object_t&>().emplace_back(std::to_string(count - 1 - i), count - 1 - i);
  }
  CHECK(same_document(up, down));
}
