#include "core/edit/edit.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace dotdiag;

namespace {

/// The edit as `path value`, and what it makes of `document`.
std::pair<std::string, std::string> outcome(Json document, const Edit& edit) {
  apply(document, edit);
  return {edit.path.text() + " " + edit.value.dump(), document.dump()};
}

}  // namespace

TEST_CASE("one edit sets a member with all parents that it lacks") {
  struct Row {
    const char* document;
    const char* path;
    const char* edit;
    const char* after;
  };
  const std::vector<Row> rows{
      {R"({"a":{}})", "/a/b", "/a/b 1", R"({"a":{"b":1}})"},
      {R"({"a":{"b":0,"c":2}})", "/a/b", "/a/b 1", R"({"a":{"b":1,"c":2}})"},
      {R"({"a":{"b":null}})", "/a/b", "/a/b 1", R"({"a":{"b":1}})"},
      {R"({})", "/a/b/c", R"(/a {"b":{"c":1}})", R"({"a":{"b":{"c":1}}})"},
      {R"({"a":null})", "/a/b/c", R"(/a {"b":{"c":1}})", R"({"a":{"b":{"c":1}}})"},
      {R"({"a":{"b":null}})", "/a/b/c", R"(/a/b {"c":1})", R"({"a":{"b":{"c":1}}})"},
      {R"({"a":[{},{}]})", "/a/1/b/c", R"(/a/1/b {"c":1})", R"({"a":[{},{"b":{"c":1}}]})"},
      {R"({"a":{}})", "/a/x~1y/z~0", R"(/a/x~1y {"z~":1})", R"({"a":{"x/y":{"z~":1}}})"},
  };
  for (const auto& [document, path, edit, after] : rows) {
    INFO(document << " " << path);
    const Json json = Json::parse(document);
    CHECK(can_hold(json, Pointer::parse(path)));
    CHECK(outcome(json, set_member(json, Pointer::parse(path), 1)) == std::pair<std::string, std::string>(edit, after));
  }
}

TEST_CASE("one edit appends an item, with the array and all parents that it lacks") {
  struct Row {
    const char* document;
    const char* path;
    const char* edit;
    const char* after;
  };
  const std::vector<Row> rows{
      {R"({"a":[0]})", "/a", "/a/- 1", R"({"a":[0,1]})"},
      {R"({"a":[]})", "/a", "/a/- 1", R"({"a":[1]})"},
      {R"({"a":null})", "/a", "/a [1]", R"({"a":[1]})"},
      {R"({})", "/a", "/a [1]", R"({"a":[1]})"},
      {R"({})", "/a/b", R"(/a {"b":[1]})", R"({"a":{"b":[1]}})"},
      {R"({"a":[{"b":null}]})", "/a/0/b", "/a/0/b [1]", R"({"a":[{"b":[1]}]})"},
      {R"({"a":[[0]]})", "/a/0", "/a/0/- 1", R"({"a":[[0,1]]})"},
  };
  for (const auto& [document, path, edit, after] : rows) {
    INFO(document << " " << path);
    const Json json = Json::parse(document);
    CHECK(can_append(json, Pointer::parse(path)));
    CHECK(outcome(json, append_item(json, Pointer::parse(path), 1)) ==
          std::pair<std::string, std::string>(edit, after));
  }
}

TEST_CASE("an array that is appended keeps its own form") {
  const Json item = Json::array({"x"});
  CHECK(append_item(Json::object(), Pointer::parse("/a"), item).value.dump() == R"([["x"]])");
}

TEST_CASE("nothing is set below a value of the wrong type, nor inserted at an index") {
  const std::vector<std::pair<const char*, const char*>> rows{
      {R"({"a":"text"})", "/a/b"},
      {R"({"a":"text"})", "/a/b/c"},
      {R"({"a":[]})", "/a/b"},
      {R"({"a":[1]})", "/a/0"},
      {R"({"a":[1]})", "/a/0/b"},
      {R"({"a":[{}]})", "/a/1/b"},
      {R"({"a":[{}]})", "/a/-/b"},
      {R"({"a":[null]})", "/a/0/b"},
      {R"({"a":false})", "/a/b"},
      {R"([])", "/a"},
      {"null", "/a"},
      {"{}", ""},
  };
  for (const auto& [document, path] : rows) {
    INFO(document << " " << path);
    const Json json = Json::parse(document);
    CHECK_FALSE(can_hold(json, Pointer::parse(path)));
    CHECK_THROWS_AS(set_member(json, Pointer::parse(path), 1), std::logic_error);
  }
}

TEST_CASE("nothing is appended to a value of the wrong type") {
  const std::vector<std::pair<const char*, const char*>> rows{{R"({"a":"text"})", "/a"},
                                                              {R"({"a":{}})", "/a"},
                                                              {R"({"a":"text"})", "/a/b"},
                                                              {R"({"a":[null]})", "/a/0"},
                                                              {"null", ""}};
  for (const auto& [document, path] : rows) {
    INFO(document << " " << path);
    const Json json = Json::parse(document);
    CHECK_FALSE(can_append(json, Pointer::parse(path)));
    CHECK_THROWS_AS(append_item(json, Pointer::parse(path), 1), std::logic_error);
  }
}

TEST_CASE("an edit that does not fit is refused, not ignored") {
  const std::vector<Edit> edits{
      {Pointer::parse("/gone/a"), 1, Operation::add},
      {Pointer::parse("/text/a"), 1, Operation::add},
      {Pointer::parse("/gone"), 1, Operation::replace},
      {Pointer::parse("/gone"), nullptr, Operation::remove},
      {Pointer::parse("/list/3"), 1, Operation::add},
      {Pointer::parse("/list/2"), 1, Operation::replace},
      {Pointer::parse("/list/-"), 1, Operation::replace},
      {Pointer::parse("/list/2"), nullptr, Operation::remove},
      {Pointer{}, nullptr, Operation::remove},
  };
  for (const Edit& edit : edits) {
    INFO(edit.path.text());
    Json document = Json::parse(R"({"text": "t", "list": [1, 2]})");
    CHECK_THROWS_AS(apply(document, edit), std::logic_error);
  }
}

TEST_CASE("replace and remove change what is there") {
  Json document = Json::parse(R"({"a": 1, "list": [1, 2, 3]})");
  apply(document, {Pointer::parse("/a"), 2, Operation::replace});
  apply(document, {Pointer::parse("/list/1"), nullptr, Operation::remove});
  apply(document, {Pointer::parse("/list/0"), 9, Operation::replace});
  apply(document, {Pointer::parse("/list/0"), 8, Operation::add});
  CHECK(document.dump() == R"({"a":2,"list":[8,9,3]})");
  apply(document, {Pointer::parse("/a"), nullptr, Operation::remove});
  CHECK(document.dump() == R"({"list":[8,9,3]})");
}
