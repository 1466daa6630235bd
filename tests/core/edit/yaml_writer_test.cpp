#include "core/edit/yaml_writer.hpp"

#include "core/document/yaml_reader.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

Json read(const std::string& text) {
  return YamlReader(std::make_shared<const Source>("x", text)).next()->root;
}

}  // namespace

TEST_CASE("values are written in block style with the layout asked for") {
  const Json value =
      Json::parse(R"({"env": [{"name": "A", "value": "1"}, ["x"]], "limits": {"cpu": 1}, "none": {}, "list": []})");
  BlockLayout wide;
  wide.step = 4;
  wide.list_offset = 0;
  wide.dash_gap = 3;
  wide.line_break = "\r\n";
  CHECK(write_block(value, 0, {}) ==
        "env:\n"
        "  - name: A\n"
        "    value: \"1\"\n"
        "  - - x\n"
        "limits:\n"
        "  cpu: 1\n"
        "none: {}\n"
        "list: []\n");
  CHECK(write_block(value, 2, wide) ==
        "env:\r\n"
        "  -   name: A\r\n"
        "      value: \"1\"\r\n"
        "  -   -   x\r\n"
        "  limits:\r\n"
        "      cpu: 1\r\n"
        "  none: {}\r\n"
        "  list: []\r\n");
}

TEST_CASE("values are written in flow style and as JSON") {
  const Json value = Json::parse(R"({"a": ["x, y", 1, null], "b": {"c": "d"}, "e": {}})");
  FlowLayout json;
  json.is_json = true;
  FlowLayout pretty = json;
  pretty.indent = "\t";
  CHECK(write_flow(value, {}) == "{a: [\"x, y\", 1, null], b: {c: d}, e: {}}");
  CHECK(write_flow(value, json) == R"({"a": ["x, y", 1, null], "b": {"c": "d"}, "e": {}})");
  CHECK(write_flow(value, pretty) == value.dump(1, '\t'));
}

TEST_CASE("every string comes back as it was, in block and in flow style") {
  const char* texts[] = {"",
                         " ",
                         "a",
                         "true",
                         "y",
                         "1",
                         "1.5",
                         "0x10",
                         "~",
                         "null",
                         "<<",
                         "=",
                         "- a",
                         "-",
                         "?",
                         "? a",
                         ":",
                         "a:",
                         "a: b",
                         "a:b",
                         "#",
                         "a #b",
                         "a#b",
                         "&a",
                         "*a",
                         "!a",
                         "|",
                         ">",
                         "%a",
                         "@a",
                         "`a",
                         "'a'",
                         "\"a\"",
                         "[a",
                         "]",
                         "{a",
                         "}",
                         "a,b",
                         "a, b",
                         ",",
                         "---",
                         "...",
                         "--- a",
                         "a\nb",
                         "a\n",
                         "\na",
                         "a\n\n",
                         "\n",
                         " a\nb",
                         "a \nb",
                         "a\n b\n",
                         "a\n\nb\n",
                         "a\tb",
                         "\ta",
                         "a\t\nb",
                         "a\rb",
                         "\x7F",
                         "\x1B[0m",
                         "\\",
                         "a\\nb",
                         "é",
                         "\xC2\x85",
                         "\xE2\x80\xA8",
                         "\xEF\xBB\xBF"
                         "x",
                         "\xF0\x9F\x98\x80",
                         "\xC2\xA0"
                         "a",
                         "# a\nb\n",
                         "--- \n...\n",
                         "a\n#b",
                         "2001-01-01",
                         "1:30",
                         "on",
                         "$(A)",
                         "http://x:80/",
                         "a\n\t\nb",
                         "|\n",
                         "%YAML 1.2\n---\n"};
  for (const std::string text : texts) {
    const Json value =
        Json::object({{"key", text}, {"list", Json::array({text, Json::array({text})})}, {text + "2", text}});
    FlowLayout json;
    json.is_json = true;
    INFO(write_block(value, 0, {}));
    CHECK(read(write_block(value, 0, {})) == value);
    CHECK(read(write_flow(value, {}) + "\n") == value);
    CHECK(Json::parse(write_flow(value, json)) == value);
  }
}
