#include "core/edit/json_patch.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace dotdiag;

namespace {

constexpr const char* refused = nullptr;

struct Row {
  const char* what;
  const char* document;
  const char* patch;
  const char* after;  ///< or refused
};

void check(const std::vector<Row>& rows) {
  for (const auto& [what, document, patch, after] : rows) {
    INFO(what << ": " << document << " " << patch);
    Json json = Json::parse(document);
    if (after == refused) {
      CHECK_THROWS_AS(apply_json_patch(json, Json::parse(patch)), PatchError);
    } else {
      CHECK_NOTHROW(apply_json_patch(json, Json::parse(patch)));
      CHECK(same_document(json, Json::parse(after)));
    }
  }
}

}  // namespace

TEST_CASE("patches like those of RFC 6902 appendix A do what it says") {
  check({
      {"A.1 add a member", R"({"foo":1})", R"([{"op":"add","path":"/baz","value":2}])", R"({"baz":2,"foo":1})"},
      {"A.2 add an item", R"({"foo":[1,3]})", R"([{"op":"add","path":"/foo/1","value":2}])", R"({"foo":[1,2,3]})"},
      {"A.3 remove a member", R"({"baz":1,"foo":2})", R"([{"op":"remove","path":"/baz"}])", R"({"foo":2})"},
      {"A.4 remove an item", R"({"foo":[1,2,3]})", R"([{"op":"remove","path":"/foo/1"}])", R"({"foo":[1,3]})"},
      {"A.5 replace", R"({"baz":1,"foo":2})", R"([{"op":"replace","path":"/baz","value":3}])", R"({"baz":3,"foo":2})"},
      {"A.6 move a member", R"({"a":{"b":1,"c":2},"d":{"e":3}})", R"([{"op":"move","from":"/a/c","path":"/d/f"}])",
       R"({"a":{"b":1},"d":{"e":3,"f":2}})"},
      {"A.7 move an item", R"({"foo":[1,2,3,4]})", R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])",
       R"({"foo":[1,3,4,2]})"},
      {"A.8 test, met", R"({"a":"b","c":["d",2]})",
       R"([{"op":"test","path":"/a","value":"b"},{"op":"test","path":"/c/1","value":2}])", R"({"a":"b","c":["d",2]})"},
      {"A.9 test, not met", R"({"a":"b"})", R"([{"op":"test","path":"/a","value":"c"}])", refused},
      {"A.10 add an object", R"({"a":1})", R"([{"op":"add","path":"/b","value":{"c":2}}])", R"({"a":1,"b":{"c":2}})"},
      {"A.11 unknown members are ignored", R"({"a":1})", R"([{"op":"add","path":"/b","value":2,"xyz":3}])",
       R"({"a":1,"b":2})"},
      {"A.12 no parent", R"({"a":1})", R"([{"op":"add","path":"/b/c","value":2}])", refused},
      {"A.14 ~ order", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10}])", R"({"/":9,"~1":10})"},
      {"A.15 text is no number", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":"10"}])", refused},
      {"A.16 append", R"({"foo":[1]})", R"([{"op":"add","path":"/foo/-","value":[2,3]}])", R"({"foo":[1,[2,3]]})"},
      {"copy", R"({"a":{"b":1}})", R"([{"op":"copy","from":"/a","path":"/c"}])", R"({"a":{"b":1},"c":{"b":1}})"},
      {"copy into itself", R"({"a":{"b":1}})", R"([{"op":"copy","from":"/a","path":"/a/c"}])",
       R"({"a":{"b":1,"c":{"b":1}}})"},
      {"several", R"({})", R"([{"op":"add","path":"/a","value":{}},{"op":"add","path":"/a/b","value":1}])",
       R"({"a":{"b":1}})"},
      {"none", R"({"a":1})", "[]", R"({"a":1})"},
  });
}

TEST_CASE("patches are applied and refused as the API server's library does") {
  check({
      {"-1 of add is the end", R"({"a":[1,2]})", R"([{"op":"add","path":"/a/-1","value":9}])", R"({"a":[1,2,9]})"},
      {"the lowest index", R"({"a":[1,2]})", R"([{"op":"add","path":"/a/-3","value":9}])", R"({"a":[9,1,2]})"},
      {"below it", R"({"a":[1,2]})", R"([{"op":"add","path":"/a/-4","value":9}])", refused},
      {"-1 of replace is the last", R"({"a":[1,2]})", R"([{"op":"replace","path":"/a/-1","value":9}])",
       R"({"a":[1,9]})"},
      {"-1 of remove", R"({"a":[1,2]})", R"([{"op":"remove","path":"/a/-1"}])", R"({"a":[1]})"},
      {"-1 on the way", R"({"a":[{},{}]})", R"([{"op":"add","path":"/a/-1/b","value":9}])", R"({"a":[{},{"b":9}]})"},
      {"a plus sign", R"({"a":[1]})", R"([{"op":"add","path":"/a/+0","value":9}])", R"({"a":[9,1]})"},
      {"a leading zero", R"({"a":[1]})", R"([{"op":"add","path":"/a/01","value":9}])", R"({"a":[1,9]})"},
      {"behind the end", R"({"a":[1]})", R"([{"op":"add","path":"/a/2","value":9}])", refused},
      {"far behind the end", R"({"a":[1]})", R"([{"op":"add","path":"/a/99999999999999999999","value":9}])", refused},
      {"no index", R"({"a":[1]})", R"([{"op":"add","path":"/a/b","value":9}])", refused},
      {"an empty index", R"({"a":[1]})", R"([{"op":"add","path":"/a/","value":9}])", refused},
      {"only a sign", R"({"a":[1]})", R"([{"op":"add","path":"/a/+","value":9}])", refused},
      {"- is only for add", R"({"a":[1]})", R"([{"op":"replace","path":"/a/-","value":9}])", refused},
      {"a null parent", R"({"a":null})", R"([{"op":"add","path":"/a/b","value":9}])", refused},
      {"a scalar parent", R"({"a":1})", R"([{"op":"add","path":"/a/b","value":9}])", refused},
      {"remove what is not there", R"({"a":1})", R"([{"op":"remove","path":"/b"}])", refused},
      {"replace what is not there", R"({"a":1})", R"([{"op":"replace","path":"/b","value":9}])", refused},
      {"replace null", R"({"a":null})", R"([{"op":"replace","path":"/a","value":9}])", R"({"a":9})"},
      {"move what is not there", R"({"a":1})", R"([{"op":"move","from":"/b","path":"/c"}])", refused},
      {"copy what is not there", R"({"a":1})", R"([{"op":"copy","from":"/b","path":"/c"}])", refused},
      {"move into itself", R"({"a":{"b":1}})", R"([{"op":"move","from":"/a","path":"/a/c"}])", refused},
      {"test null against missing", R"({"a":1})", R"([{"op":"test","path":"/b","value":null}])", R"({"a":1})"},
      {"test a value against missing", R"({"a":1})", R"([{"op":"test","path":"/b","value":1}])", refused},
      {"test behind the end", R"({"a":[]})", R"([{"op":"test","path":"/a/0","value":null}])", refused},
      {"test does not mind order", R"({"a":{"b":1,"c":2}})", R"([{"op":"test","path":"/a","value":{"c":2,"b":1}}])",
       R"({"a":{"b":1,"c":2}})"},
      {"test the document", R"({"a":1})", R"([{"op":"test","path":"","value":{"a":1}}])", R"({"a":1})"},
      {"replace the document", R"({"a":1})", R"([{"op":"replace","path":"","value":{"b":1}}])", R"({"b":1})"},
      {"replace it by a scalar", R"({"a":1})", R"([{"op":"replace","path":"","value":1}])", refused},
      {"add the document", R"({"a":1})", R"([{"op":"add","path":"","value":{"b":1}}])", refused},
      {"remove the document", R"({"a":1})", R"([{"op":"remove","path":""}])", refused},
      {"copy the document", R"({"a":1})", R"([{"op":"copy","from":"","path":"/b"}])", refused},
      {"a document that is none", "null", R"([{"op":"add","path":"/a","value":1}])", refused},
  });
}

TEST_CASE("what is no patch is refused") {
  for (const char* patch :
       {"{}", "null", "[1]", R"([{"path":"/a","value":1}])", R"([{"op":"set","path":"/a","value":1}])",
        R"([{"op":1,"path":"/a"}])", R"([{"op":"add","value":1}])", R"([{"op":"add","path":1,"value":1}])",
        R"([{"op":"add","path":"/a"}])", R"([{"op":"add","path":"a","value":1}])",
        R"([{"op":"add","path":"/a~2","value":1}])", R"([{"op":"move","path":"/a"}])"}) {
    INFO(patch);
    Json document = Json::object();
    CHECK_THROWS_AS(apply_json_patch(document, Json::parse(patch)), PatchError);
  }
}

TEST_CASE("the message says which operation does not apply, and why") {
  Json document = Json::object();
  const Json patch = Json::parse(R"([{"op":"add","path":"/a","value":1},{"op":"remove","path":"/b"}])");
  CHECK_THROWS_WITH(apply_json_patch(document, patch), "operation 1: nothing is at `/b`");
}

TEST_CASE("edits are written in order, escaped, with a value where one belongs") {
  const Edits edits{{Pointer{} / "a/b" / "-", Json::parse(R"({"z": "<\"é", "a": null})"), Operation::add},
                    {Pointer{} / "c\"", 1, Operation::replace},
                    {Pointer{} / "d", nullptr, Operation::remove}};
  CHECK(write_json_patch(edits) == R"([{"op":"add","path":"/a~1b/-","value":{"z":"<\"é","a":null}},)"
                                   R"({"op":"replace","path":"/c\"","value":1},{"op":"remove","path":"/d"}])");
  CHECK(write_json_patch({}) == "[]");
}
