#include "core/document/pointer.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace dotdiag;

TEST_CASE("each example of RFC 6901 section 5 leads to its value") {
  const Json document = Json::parse(R"({"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5,
                                        "k\"l": 6, " ": 7, "m~n": 8})");
  const std::vector<std::pair<const char*, Json>> rows{
      {"", document},    {"/foo", Json::array({"bar", "baz"})},
      {"/foo/0", "bar"}, {"/", 0},
      {"/a~1b", 1},      {"/c%d", 2},
      {"/e^f", 3},       {"/g|h", 4},
      {"/i\\j", 5},      {"/k\"l", 6},
      {"/ ", 7},         {"/m~0n", 8},
  };
  for (const auto& [text, value] : rows) {
    INFO(text);
    const Pointer pointer = Pointer::parse(text);
    REQUIRE(value_at(document, pointer) != nullptr);
    CHECK(*value_at(document, pointer) == value);
    CHECK(pointer.text() == text);
  }
}

TEST_CASE("what leads nowhere is a null pointer, and a null that is there is a value") {
  const Json document = Json::parse(R"({"list": [1], "none": null, "text": "t"})");
  for (const char* text :
       {"/gone", "/list/1", "/list/-", "/list/00", "/list/x", "/list/-1", "/none/a", "/text/0", "/list/"}) {
    INFO(text);
    CHECK(value_at(document, Pointer::parse(text)) == nullptr);
  }
  REQUIRE(value_at(document, Pointer::parse("/none")) != nullptr);
  CHECK(value_at(document, Pointer::parse("/none"))->is_null());
}

TEST_CASE("text that RFC 6901 section 3 refuses is refused") {
  for (const char* text : {"a", "a/b", "#/a", "/~", "/a~2b", "/~~0"}) {
    INFO(text);
    CHECK_THROWS_AS(Pointer::parse(text), std::invalid_argument);
  }
}

TEST_CASE("the token ~01 is ~1 and not a slash") {
  CHECK(Pointer::parse("/~01").back() == "~1");
  CHECK((Pointer{} / "~1").text() == "/~01");
}

TEST_CASE("a pointer's tokens come without escapes") {
  for (const std::vector<std::string>& tokens : std::vector<std::vector<std::string>>{
           {}, {""}, {"a", "", "b"}, {"metadata", "annotations", "example.com/a~b"}, {"~1", "~", "/", "~0/", "~~"}}) {
    Pointer pointer;
    for (const std::string& token : tokens)
      pointer = pointer / token;
    std::vector<std::string> read;
    const Pointer parsed = Pointer::parse(pointer.text());
    for (const std::string_view token : parsed.tokens())
      read.emplace_back(token);
    CHECK(read == tokens);
    CHECK(pointer.size() == tokens.size());
    if (!tokens.empty()) CHECK(pointer.back() == tokens.back());
  }
}

TEST_CASE("pointers are built from keys, indexes and other pointers") {
  const Pointer pod = Pointer{} / "spec" / "template";
  const Pointer container = pod / Pointer::parse("/spec/containers") / 0;
  CHECK(container.text() == "/spec/template/spec/containers/0");
  CHECK(container.starts_with(pod));
  CHECK_FALSE(pod.starts_with(container));
  CHECK_FALSE(container.starts_with(Pointer{} / "status"));
  CHECK_FALSE((Pointer{} / "specs").starts_with(Pointer{} / "spec"));
  CHECK(container.parent().back() == "containers");
  CHECK(container.below(pod).text() == "/spec/containers/0");
  CHECK(pod.below(pod).empty());
}

TEST_CASE("an array index is digits without leading zeros") {
  CHECK(array_index("0") == 0);
  CHECK(array_index("10") == 10);
  for (const char* token : {"", "-", "-1", "+1", "01", "1x", "1.0", " 1", "99999999999999999999999"}) {
    INFO(token);
    CHECK(array_index(token) == npos);
  }
}
