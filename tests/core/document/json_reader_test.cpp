#include "core/document/json_reader.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace dotdiag;

namespace {

std::vector<Document> documents_in(std::string text) {
  return read_json_documents(std::make_shared<const Source>("f.json", std::move(text)));
}

std::string error_for(std::string_view text) {
  try {
    return "read as " + read_json(text, "f.json").dump();
  } catch (const InputError& error) {
    return error.what();
  }
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

/// The text of every node, checked against its value, in the order of the document.
void check_positions(const Document& document, const Node& node, const Json& value) {
  const std::string_view text = document.source->text();
  const std::string written(text.substr(node.begin, node.end - node.begin));
  INFO(written);
  CHECK(Json::parse(written) == value);
  REQUIRE(node.entries.size() == (value.is_structured() ? value.size() : 0));
  if (!value.is_structured()) return;
  std::size_t index = 0;
  for (const auto& [key, child] : value.items()) {
    const Entry& entry = node.entries[index++];
    const std::string key_text(text.substr(entry.key_begin, entry.key_end - entry.key_begin));
    if (value.is_object()) {
      CHECK(entry.key == key);
      CHECK(Json::parse(key_text) == key);
    } else {
      CHECK(entry.key_begin == entry.node->begin);
      CHECK(entry.key_end == entry.node->end);
    }
    check_positions(document, *entry.node, child);
  }
}

/// JSON text with all that may stand between tokens.
std::string random_json(std::mt19937& random, int depth) {
  static const std::vector<std::string> scalars{"null",
                                                "true",
                                                "false",
                                                "0",
                                                "-1",
                                                "2.5e3",
                                                "18446744073709551615",
                                                "\"\"",
                                                "\"a\"",
                                                R"("\u00e9\"\\")",
                                                "\"\xC3\xA9\"",
                                                "\"{[,:]}\""};
  static const std::vector<std::string> spaces{"", "", " ", "\n", "\t ", "\r\n"};
  const auto space = [&] { return spaces[random() % spaces.size()]; };
  const auto kind = depth == 0 ? 0 : random() % 3;
  if (kind == 0) return scalars[random() % scalars.size()];
  std::string text(1, kind == 1 ? '[' : '{');
  const auto count = random() % 4;
  for (unsigned i = 0; i < count; ++i) {
    if (i > 0) text += space() + ",";
    if (kind == 2) text += space() + "\"k" + std::to_string(i) + "\"" + space() + ":";
    text += space() + random_json(random, depth - 1);
  }
  return text + space() + (kind == 1 ? "]" : "}");
}

}  // namespace

TEST_CASE("members keep their order, and of duplicate keys the last wins") {
  CHECK(read_json(R"({"b": 1, "a": {"x": null}, "c": [true]})", "").dump() == R"({"b":1,"a":{"x":null},"c":[true]})");
  CHECK(read_json(R"({"a": 1, "b": 2, "a": 3, "a": 4})", "").dump() == R"({"b":2,"a":4})");
}

TEST_CASE("numbers keep their kind") {
  CHECK(read_json("7", "").is_number_unsigned());
  CHECK(read_json("-7", "").is_number_integer());
  CHECK(read_json("18446744073709551615", "") == 18446744073709551615U);
  CHECK(read_json("1.0", "").is_number_float());
  CHECK(read_json("[123456789012345678901234567890]", "")[0].is_number_float());
}

TEST_CASE("JSON at the depth limit is read and one deeper is refused at its place, by both readers") {
  CHECK(read_json(nested(max_json_depth), "").is_array());
  CHECK_FALSE(documents_in(nested(max_json_depth)).front().error);
  const std::string expected = "f.json:1:101: this nests deeper than 100 levels";
  CHECK(error_for(nested(max_json_depth + 1)) == expected);
  CHECK(documents_in(nested(max_json_depth + 1)).front().error->what() == expected);
  CHECK(error_for(std::string(1'000'000, '[')) == expected);
}

TEST_CASE("what is not JSON is reported at its place") {
  const std::vector<std::pair<std::string_view, const char*>> rows{
      {"", "f.json:1:1: there is no JSON: the text is empty"},
      {" \n ", "f.json:2:2: there is no JSON: the text is empty"},
      {"{\n  \"a\": nul\n}", "f.json:2:8: this is not JSON: invalid literal"},
      {"[1,\n 2,]", "f.json:2:4: this is not JSON: unexpected ']'; expected '[', '{', or a literal"},
      {"[1, x]", "f.json:1:5: this is not JSON: invalid literal"},
      {"{\"a\" 1, \"b\": 2}", "f.json:1:6: this is not JSON: unexpected number literal; expected ':'"},
      {"{\"a\": 1 \"b\": 2}", "f.json:1:9: this is not JSON: unexpected string literal; expected '}'"},
      {"{a: 1}", "f.json:1:2: this is not JSON: invalid literal; expected string literal"},
      {"[1, 2", "f.json:1:6: this is not JSON: unexpected end of input; expected ']'"},
      {"[1, 2\n\n", "f.json:1:6: this is not JSON: unexpected end of input; expected ']'"},
      {"[\"a\tb\"]",
       "f.json:1:4: this is not JSON: invalid string: control character U+0009 (HT) must be escaped to "
       "\\u0009 or \\t"},
      {"[1e999]", "f.json:1:2: this is not JSON: number overflow parsing '1e999'"},
      {"{} {}", "f.json:1:4: this is not JSON: more text behind the value"},
      {"[\"\xC3\xA9\", \"\xFF\"]", "f.json:1:8: invalid UTF-8 at byte 8: save the file as UTF-8 text"},
  };
  for (const auto& [text, expected] : rows) {
    INFO(text);
    CHECK(error_for(text) == expected);
  }
}

TEST_CASE("duplicate keys by the ten thousand, broken text and deep text cost no more than their length") {
  std::string many = "{";
  for (int i = 0; i < 200'000; ++i)
    many += "\"k" + std::to_string(i / 2) + "\":1,";
  many.back() = '}';
  CHECK(read_json(many, "").size() == 100'000);
  CHECK(documents_in(many).front().notes.size() == 100'000);
  many.back() = ',';
  CHECK_THROWS_AS(read_json(many, ""), InputError);
}

TEST_CASE("members that are not wanted are left out, whichever reader is used") {
  const std::vector<Omission> without{
      {"a", {{"b"}, {"c"}, {"f", {{"g"}}}}}, {"gone", {{"x"}}}, {"list", {{"x"}}}, {"b", {{"x"}}}};
  const std::string members =
      R"("a": {"b": 1, "c": {"d": 2}, "e": {"b": 3}, "f": {"g": 6, "b": 7}}, "b": 4, "list": [{"x": 5}])";
  const char* expected_a = R"({"e":{"b":3},"f":{"b":7}})";
  const Json fast = read_json("{" + members + "}", "", without);
  const Json careful = read_json("{" + members + R"(, "big": 123456789012345678901234567890})", "", without);
  for (const Json& value : {fast, careful}) {
    CHECK(value["a"].dump() == expected_a);
    CHECK(value["b"] == 4);
    CHECK(value["list"].dump() == R"([{"x":5}])");
  }
  CHECK_THROWS_AS(read_json(R"({"a": {"b": nonsense}})", "", without), InputError);
}

TEST_CASE("both readers read the same, and every node is where its text is") {
  std::mt19937 random(8259);  // NOLINT: the same texts each time
  for (int i = 0; i < 500; ++i) {
    const std::string text = " " + random_json(random, 5) + "\n";
    INFO(text);
    const auto documents = documents_in(text);
    REQUIRE(documents.size() == 1);
    const Document& document = documents.front();
    REQUIRE_FALSE(document.error);
    CHECK(document.is_json);
    CHECK(document.root.dump() == Json::parse(text).dump());
    CHECK(read_json(text, "").dump() == document.root.dump());
    check_positions(document, *document.tree, document.root);
  }
}

TEST_CASE("styles say how a value is written") {
  const auto documents = documents_in(R"({"a": [1], "b": "t", "c": null})");
  const Node& root = *documents.front().tree;
  CHECK(root.style == Style::flow);
  CHECK(root.entries[0].node->style == Style::flow);
  CHECK(root.entries[0].node->entries[0].node->style == Style::plain);
  CHECK(root.entries[1].node->style == Style::double_quoted);
  CHECK(root.entries[2].node->style == Style::plain);
}

TEST_CASE("every duplicate key is noted at its second place, and the tree has the last") {
  const auto documents = documents_in("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}");
  const Document& document = documents.front();
  REQUIRE(document.notes.size() == 1);
  CHECK(document.notes[0].id == "duplicate-key");
  CHECK(document.notes[0].message == "`a` is already set on line 1; the last value counts");
  CHECK(document.source->position(document.notes[0].offset) == Position{3, 2});
  REQUIRE(document.tree->entries.size() == 2);
  CHECK(document.tree->entries[1].key == "a");
  CHECK(document.source->position(document.tree->entries[1].node->begin) == Position{3, 7});
  CHECK(document.root.dump() == R"({"b":2,"a":3})");
}

TEST_CASE("a file may hold several documents, and an error ends it") {
  const auto documents = documents_in("{\"a\": 1}\n{\"b\": 2} [3]\n4 {\"c\":\n");
  REQUIRE(documents.size() == 5);
  CHECK(documents[0].root.dump() == R"({"a":1})");
  CHECK(documents[0].end == documents[1].begin);
  CHECK(documents[1].root.dump() == R"({"b":2})");
  CHECK(documents[2].root.dump() == "[3]");
  CHECK(documents[3].root == 4);
  REQUIRE(documents[4].error);
  CHECK(documents[4].error->at() == Position{3, 8});
  CHECK(documents[4].root.is_null());
  CHECK(documents[4].tree == nullptr);
  CHECK(documents[4].end == documents[4].source->text().size());
  CHECK(documents_in(" \n").empty());
}

TEST_CASE("a byte order mark is no part of the JSON") {
  CHECK(read_json("\xEF\xBB\xBF{\"a\": 1}", "").dump() == R"({"a":1})");
  CHECK(documents_in("\xEF\xBB\xBF{\"a\": 1}").front().root.dump() == R"({"a":1})");
}

TEST_CASE("a byte order mark between documents ends them, and does not make endlessly many") {
  const auto documents = read_json_documents(std::make_shared<const Source>("a.json", "{}\xEF\xBB\xBF 6"));
  REQUIRE(documents.size() == 2);
  CHECK_FALSE(documents[0].error);
  REQUIRE(documents[1].error);
  CHECK(documents[1].error->at() == Position{1, 3});
}
