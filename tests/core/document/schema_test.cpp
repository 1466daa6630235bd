#include "core/document/schema.hpp"

#include "core/document/json_reader.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace dotdiag;

namespace {

/// The message for the JSON `text`, or "" where `schema` accepts it.
std::string message(const Schema& schema, std::string text) {
  const auto documents = read_json_documents(std::make_shared<const Source>("p", std::move(text)));
  REQUIRE(documents.size() == 1);
  REQUIRE_FALSE(documents.front().error);
  try {
    schema.check(documents.front());
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

const char* const example = R"({
  "type": "object", "additionalProperties": false, "required": ["name"],
  "properties": {
    "name": {"type": "string", "pattern": "^[a-z]+$", "maxLength": 5},
    "on": {"type": ["boolean", "null"]},
    "size": {"type": "integer", "minimum": 1, "maximum": 9},
    "things": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"$ref": "#/definitions/thing"}}
  },
  "definitions": {"thing": {
    "required": ["kind"],
    "properties": {"kind": {"enum": ["file", "link"]}},
    "allOf": [
      {"if": {"properties": {"kind": {"const": "file"}}},
       "then": {"additionalProperties": false, "properties": {"kind": {}, "path": {"type": "string"}}}},
      {"if": {"properties": {"kind": {"const": "link"}}},
       "then": {"oneOf": [{"required": ["url"]}, {"required": ["target"]}]}}
    ]}}})";

}  // namespace

TEST_CASE("each broken rule is named at its place, with what is allowed") {
  const Schema schema(example);
  const std::vector<std::pair<const char*, const char*>> rows{
      {R"({"name": "a", "on": null, "size": 9, "things": [{"kind": "file", "path": "p"}, {"kind": "link", "url": 1}]})",
       ""},
      {R"([])", "p:1:1: this list has the wrong type: write a mapping"},
      {R"({"on": true})", "p:1:1: `name` is missing: add it"},
      {R"({"name": "a", "nmae": 1})", "p:1:15: `nmae` is not known here: known are name, on, size, things"},
      {R"({"name": "A1"})", "p:1:2: `A1` has the wrong form: it must match ^[a-z]+$"},
      {R"({"name": "abcdef"})", "p:1:2: this has 6 characters: at most 5 are allowed"},
      {R"({"name": "a", "on": 1})", "p:1:15: `1` has the wrong type: write true or false or null"},
      {R"({"name": "a", "size": "3"})", "p:1:15: `3` has the wrong type: write a whole number"},
      {R"({"name": "a", "size": 0})", "p:1:15: `0` is too small: write at least 1"},
      {R"({"name": "a", "size": 10})", "p:1:15: `10` is too large: write at most 9"},
      {R"({"name": "a", "things": []})", "p:1:15: this is empty: it needs items"},
      {R"({"name": "a", "things": [{"kind": "pipe"}]})", "p:1:27: `pipe` is not allowed here: write one of file, link"},
      {R"({"name": "a", "things": [{"kind": "file", "url": 1}]})",
       "p:1:43: `url` is not known here: known are kind, path"},
      {R"({"name": "a", "things": [{"kind": "file", "path": 1}]})", "p:1:43: `1` has the wrong type: write text"},
      {R"({"name": "a", "things": [{"kind": "link"}]})",
       "p:1:26: a member is missing: write exactly one of url, target"},
      {R"({"name": "a", "things": [{"kind": "link", "url": 1, "target": 2}]})",
       "p:1:26: these members exclude each other: write exactly one of url, target"},
      {R"({"things": [{"kind": "file"}, {}], "name": "a"})", "p:1:31: `kind` is missing: add it"},
  };
  for (const auto& [text, expected] : rows) {
    INFO(text);
    CHECK(message(schema, text) == expected);
  }
}

TEST_CASE("of several broken rules the first in the text is reported") {
  const Schema schema(example);
  CHECK(message(schema, R"({"things": [{"kind": "file"}, {"kind": 7}], "name": 5})") ==
        "p:1:32: `7` is not allowed here: write one of file, link");
}

TEST_CASE("a rule that has no words of ours is reported in the validator's") {
  const Schema schema(R"({"properties": {"a": {"uniqueItems": true}}})");
  CHECK(message(schema, R"({"a": [1, 1]})").starts_with("p:1:2: "));
}

TEST_CASE("what is no schema is refused") {
  for (const char* text : {"", "{", "42", R"({"type": "blah"})", R"({"properties": 3})"}) {
    INFO(text);
    CHECK_THROWS_AS(Schema(text), InputError);
  }
}

TEST_CASE("a text that would make the pattern's engine overflow the stack is refused") {
  const Schema schema(example);
  CHECK(message(schema, R"({"name": ")" + std::string(1'000'000, 'a') + R"("})") ==
        "p:1:2: this text is longer than 4096 bytes: shorten it");
  CHECK(message(schema, R"({"name": ")" + std::string(4096, 'a') + R"("})") ==
        "p:1:2: this has 4096 characters: at most 5 are allowed");
}
