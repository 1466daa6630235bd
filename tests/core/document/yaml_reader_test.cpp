#include "core/document/yaml_reader.hpp"

#include "tests/core/document/yaml_support.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

/// One line a document: its value, or its error.
std::vector<std::string> summary(const std::string& text) {
  std::vector<std::string> lines;
  for (const Document& document : read_yaml(text)) {
    lines.push_back(document.error ? document.error->what() : document.root.dump());
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("ordinary and odd YAML is read as kubectl reads it") {
  struct Example {
    const char* why;
    const char* text;
    const char* json;
  };
  const Example examples[] = {
      {"booleans of YAML 1.1", "a: yes\nb: on\nc: Off\nd: 'yes'\n", R"({"a":true,"b":true,"c":false,"d":"yes"})"},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "a: 1\n",
       R"({"a":1})"},
      {"CR LF", "a:\r\n- b\r\n- |\r\n  c\r\n", R"({"a":["b","c\n"]})"},
      {"CR only", "a:\r- b\rc: d\r", R"({"a":["b"],"c":"d"})"},
      {"a directive", "%YAML 1.1\n---\na: 1\n", R"({"a":1})"},
      {"a version of 1.2", "%YAML 1.2\n---\na: 1\n", R"({"a":1})"},
      {"null values", "a: ~\nb:\nc: null\nd: [~]\n", R"({"a":null,"b":null,"c":null,"d":[null]})"},
      {"a marker inside a block scalar", "a: |\n  x\n  ---\n  -----BEGIN\nb: 1\n",
       R"({"a":"x\n---\n-----BEGIN\n","b":1})"},
      {"a quoted template", "a: \"{{ .Values.x }}\"\n", R"({"a":"{{ .Values.x }}"})"},
      {"JSON", "{\"a\": [1, 2.5, \"x\\u00fc\", true, null]}", "{\"a\":[1,2.5,\"x\xC3\xBC\",true,null]}"},
      {"keys that are not strings", "on: 1\n2: 3\n", R"({"true":1,"2":3})"},
      {"a tab behind a value", "a: 1\t# x\n", R"({"a":1})"},
      {"a list as the document", "- 1\n- 2\n", "[1,2]"},
      {"a scalar as the document", "--- text\n", "\"text\""},
      {"an empty key", "'': 1\n", R"({"":1})"},
  };
  for (const Example& example : examples) {
    INFO(example.why);
    CHECK(summary(example.text) == Lines{example.json});
  }
}

TEST_CASE("documents are told apart, and empty ones skipped") {
  CHECK(summary("--- # c\na: 1\n--- \nb: 2\n---\t\nc: 3\n") == Lines{R"({"a":1})", R"({"b":2})", R"({"c":3})"});
  CHECK(summary("a: 1\n...\n---\n...\n---\n# nothing\n---\nb: 2\n---\n") == Lines{R"({"a":1})", R"({"b":2})"});
  CHECK(summary("---\n--- |\n x\n--- {a: 1}\n") == Lines{"\"x\\n\"", R"({"a":1})"});
  for (const char* text : {"", "\n", "   \n\n", "# only\n", "---\n", "---\n---\n# c\n", "\xEF\xBB\xBF"}) {
    INFO(Json(text).dump());
    CHECK(summary(text).empty());
  }
}

TEST_CASE("what is not valid is refused with its place and, where known, what to do") {
  struct Example {
    const char* text;
    const char* error;
  };
  const Example examples[] = {
      {"a:\n\tb: 1\n",
       "test.yaml:2:1: not valid YAML: found character that cannot start any token: indent with spaces, not with tabs"},
      {"a: @b\n",
       "test.yaml:1:4: not valid YAML: found character that cannot start any token: put the value in quotes"},
      {"a: b\n c: d\n", "test.yaml:2:3: not valid YAML: mapping values are not allowed in this context"},
      {"a: {{ .x }}\n",
       "test.yaml:1:5: a key that is a list or a mapping has no JSON form: if this is a template, render it first "
       "(`helm "
       "template`)"},
      {"\xC3\xBC: \"x\n",
       "test.yaml:2:1: not valid YAML: found unexpected end of stream (while scanning a quoted scalar that starts in "
       "line 1)"},
      {"a: *b\n",
       "test.yaml:1:4: `*b` refers to an anchor that does not exist: write `&b` before the value it stands for, in the "
       "same "
       "document"},
      {"a: &b [*b]\n", "test.yaml:1:8: `*b` stands inside the value it refers to"},
      {"a: \x01\n", "test.yaml:1:4: not valid YAML: control characters are not allowed"},
      {"? [a]\n: 1\n", "test.yaml:1:3: a key that is a list or a mapping has no JSON form"},
      {"a: &x [1]\n*x : 1\n", "test.yaml:2:1: a key that is a list or a mapping has no JSON form"},
      {"a: .nan\n", "test.yaml:1:4: JSON has no such number: put it in quotes if text is meant"},
      {"a: [1, -.inf]\n", "test.yaml:1:8: JSON has no such number: put it in quotes if text is meant"},
      {"%FOO\na: 1\n", "test.yaml:1:5: not valid YAML: found unknown directive name"},
  };
  for (const Example& example : examples) {
    INFO(example.text);
    CHECK(error_of(example.text) == example.error);
  }
}

TEST_CASE("an error ends its document only") {
  const std::string text =
      "a: 1\n---\nb: [\n---\nc: *x\nd: 1\n--- # five\ne: 5\n---\nf: \"\x01\"\ng: ---\n---\nh: |\n  ---\n "
      "---\n---\n\ti\n----\n---\nj: 10\n";
  const Lines lines = summary(text);
  REQUIRE(lines.size() == 8);
  CHECK(lines[0] == R"({"a":1})");
  CHECK_THAT(lines[1], Catch::StartsWith("test.yaml:4:1: not valid YAML"));
  CHECK_THAT(lines[2], Catch::StartsWith("test.yaml:5:4: `*x`"));
  CHECK(lines[3] == R"({"e":5})");
  CHECK_THAT(lines[4], Catch::StartsWith("test.yaml:10:5: not valid YAML: control characters"));
  CHECK_THAT(lines[5], Catch::StartsWith("test.yaml:15:2: not valid YAML"));
  CHECK_THAT(lines[6], Catch::StartsWith("test.yaml:17:1: not valid YAML"));
  CHECK(lines[7] == R"({"j":10})");
}

TEST_CASE("a document is lost to its own mistake only, never to one further down") {
  CHECK(summary("a: 1\n---\nb: \x01\n").front() == R"({"a":1})");
  CHECK(summary("{a: 1} b\n") ==
        Lines{R"({"a":1})", "test.yaml:1:8: not valid YAML: did not find expected <document start>"});
  CHECK(summary("a: 1\n...\n@\n").front() == R"({"a":1})");
  const std::vector<Document> documents = read_yaml("a: 1\n---\n[\n---\nb: 2");
  REQUIRE(documents.size() == 3);
  CHECK(documents[1].begin == 5);
  CHECK(documents[1].end == 11);
  CHECK(documents[2].begin == 11);
}

TEST_CASE("merge keys act where they stand, as in go-yaml v2") {
  const std::string base = "x: &a {p: 1, q: 2}\ny: &b {p: 10, r: 3}\nt: ";
  struct Example {
    const char* text;
    const char* json;
  };
  const Example examples[] = {
      {"{<<: *a, p: 5}", R"({"q":2,"p":5})"},
      {"{p: 5, <<: *a}", R"({"p":1,"q":2})"},
      {"{<<: [*a, *b]}", R"({"r":3,"p":1,"q":2})"},
      {"{<<: *a, <<: *b}", R"({"q":2,"p":10,"r":3})"},
      {"{<<: {p: 7}, z: 1}", R"({"p":7,"z":1})"},
      {"{<<: {<<: *a, q: 7}, z: 1}", R"({"p":1,"q":7,"z":1})"},
      {"{\"<<\": *a}", R"({"<<":{"p":1,"q":2}})"},
      {"{!!merge <<: *a}", R"({"p":1,"q":2})"},
      {"{<<: []}", "{}"},
      {"{<<: [{p: 1}, *b]}", R"({"r":3,"p":1})"},
  };
  for (const Example& example : examples) {
    INFO(example.text);
    const std::vector<Document> documents = read_yaml(base + example.text);
    REQUIRE(documents.size() == 1);
    REQUIRE_FALSE(documents[0].error);
    CHECK(documents[0].root["t"].dump() == example.json);
    CHECK(documents[0].notes.empty());
  }
  for (const char* text : {"{<<: 5}", "{<<: }", "{<<: *s}", "{<<: [*a, 5]}", "{<<: *l}"}) {
    INFO(text);
    CHECK_THAT(error_of("s: &s 1\nl: &l [{}]\n" + base + text), Catch::Contains("a merge key needs a mapping"));
  }
}

TEST_CASE("aliases are expanded, also as keys, and the latest anchor of a name counts") {
  CHECK(value_of("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").dump() == R"({"a":1,"b":1,"c":2,"d":2})");
  CHECK(value_of("a: &x on\n*x : 2\n").dump() == R"({"a":true,"true":2})");
  CHECK(value_of("a: &x {k: &y [1]}\nb: [*x, *y]\n").dump() == R"({"a":{"k":[1]},"b":[{"k":[1]},[1]]})");
  CHECK_THAT(summary("a: &x 1\n---\nb: *x\n")[1], Catch::Contains("does not exist"));
}

TEST_CASE("of duplicate keys the last wins and every repetition is noted") {
  const std::vector<Document> documents = read_yaml("a: 1\nb:\n  c: 1\n  'c': 2\na: 3\non: 4\n'true': 5\na: 6\n");
  REQUIRE(documents.size() == 1);
  CHECK(documents[0].root.dump() == R"({"b":{"c":2},"true":5,"a":6})");
  Lines notes;
  for (const ReadNote& note : documents[0].notes) {
    CHECK(note.id == "duplicate-key");
    notes.push_back(documents[0].source->error(note.offset, note.message).what());
  }
  CHECK(notes == Lines{"test.yaml:4:3: the key `c` is already set in line 3; the last one wins",
                       "test.yaml:5:1: the key `a` is already set in line 1; the last one wins",
                       "test.yaml:7:1: the key `true` is already set in line 6; the last one wins",
                       "test.yaml:8:1: the key `a` is already set in line 5; the last one wins"});
}

TEST_CASE("a duplicate inside an anchor is noted once") {
  CHECK(read_yaml("a: &x {k: 1, k: 2}\nb: *x\nc: {<<: *x}\n")[0].notes.size() == 1);
}

TEST_CASE("aliases that would grow beyond measure are refused") {
  std::string laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 9; ++k)
      laughs += (k == 0 ? "" : ",") + before;
    laughs += "]\n";
  }
  CHECK_THAT(error_of(laughs), Catch::Contains("grows beyond measure"));

  std::string merges = "a0: &a0 {k0: 1}\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    merges += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {<<: [" + before + ", " + before +
              "], k: " + before + "}\n";
  }
  CHECK_THAT(error_of(merges), Catch::Contains("grows beyond measure"));

  std::string harmless = "a: &a {x: 1, y: [2, 3]}\n";
  for (int i = 0; i < 2000; ++i)
    harmless += "k" + std::to_string(i) + ": *a\n";
  CHECK(error_of(harmless).empty());
  CHECK(value_of(harmless).size() == 2001);
}

TEST_CASE("nesting is limited, in the text and through aliases") {
  const auto repeat = [](const std::string& text, int count) {
    std::string result;
    for (int i = 0; i < count; ++i)
      result += text;
    return result;
  };
  CHECK(error_of(repeat("- ", 1000) + "x").empty());
  CHECK_THAT(error_of(repeat("- ", 1001) + "x"), Catch::EndsWith("1:2001: nested deeper than 1000 levels"));
  CHECK(error_of(repeat("[", 100) + repeat("]", 100)).empty());
  for (const std::string open : {"[", "{a: ", "[[{a: "}) {
    CHECK_THAT(error_of(repeat(open, 20000)), Catch::Contains("nested deeper than 100 levels of brackets"));
  }
  std::string chain = "a0: &a0 " + repeat("[", 90) + repeat("]", 90) + "\n";
  for (int i = 1; i < 12; ++i) {
    chain += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " " + repeat("[", 90) + "*a" +
             std::to_string(i - 1) + repeat("]", 90) + "\n";
  }
  CHECK_THAT(error_of(chain), Catch::Contains("nested deeper than 1000 levels"));
}

TEST_CASE("large and hostile files are read in linear time") {
  std::string items;
  while (items.size() < 11 * 1024 * 1024)
    items += "- name: some-name # comment\n  value: \"some value\"\n";
  const std::vector<Document> large = read_yaml(items);
  REQUIRE(large.size() == 1);
  CHECK(large[0].root.size() == large[0].tree->entries.size());

  std::string keys;
  for (int i = 0; i < 50000; ++i)
    keys += "k" + std::to_string(i) + ": 1\n";
  CHECK(read_yaml(keys + keys)[0].notes.size() == 50000);

  std::string broken;
  for (int i = 0; i < 50000; ++i)
    broken += "---\n[\n";
  CHECK(read_yaml(broken).size() == 50000);

  std::string comments = "- 1\n";
  for (int i = 0; i < 200000; ++i)
    comments += "# - no\n";
  CHECK(value_of(comments + "- 2\n").dump() == "[1,2]");
}
