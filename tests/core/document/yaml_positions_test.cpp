#include "tests/core/document/yaml_support.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

const char* name_of(Style style) {
  switch (style) {
    case Style::block:
      return "block";
    case Style::flow:
      return "flow";
    case Style::plain:
      return "plain";
    case Style::single_quoted:
      return "single";
    case Style::double_quoted:
      return "double";
    case Style::literal:
      return "literal";
    case Style::folded:
      return "folded";
    default:
      return "absent";
  }
}

/// `style|key as written|value as written` for the value at `pointer`.
std::string at(const Document& document, std::string_view pointer) {
  const Place place = locate(document, Pointer::parse(pointer));
  if (!place.exact) return "nothing";
  std::string_view key;
  if (place.entry != nullptr) {
    key = document.source->text().substr(place.entry->key_begin, place.entry->key_end - place.entry->key_begin);
  }
  std::string text = name_of(place.node->style);
  if (place.node->is_alias) text += " alias";
  if (place.node->is_anchored) text += " anchored";
  if (place.entry != nullptr && place.entry->origin == Origin::merged) text += " merged";
  return text + "|" + std::string(key) + "|" + std::string(written(document, *place.node));
}

struct Expectation {
  const char* pointer;
  const char* written;
};

void check(const std::string& text, const std::vector<Expectation>& expectations) {
  const std::vector<Document> documents = read_yaml(text);
  REQUIRE(documents.size() == 1);
  if (documents[0].error) FAIL(documents[0].error->what());
  for (const auto& [pointer, expected] : expectations) {
    INFO(pointer);
    CHECK(at(documents[0], pointer) == expected);
  }
}

}  // namespace

TEST_CASE("scalars of every style are where they are written") {
  check(
      "plain: a b # no\n"
      "single: 'it''s'   # no\n"
      "\"double\": \"a\\tb\"\n"
      "several: one\n  two\n\n  three\n"
      "quoted: 'one\n  two'\n"
      "\xC3\xBC: \xE2\x82\xAC \xF0\x9F\x98\x80\n"
      "after: x",
      {{"/plain", "plain|plain|a b"},
       {"/single", "single|single|'it''s'"},
       {"/double", "double|\"double\"|\"a\\tb\""},
       {"/several", "plain|several|one\n  two\n\n  three"},
       {"/quoted", "single|quoted|'one\n  two'"},
       {"/\xC3\xBC", "plain|\xC3\xBC|\xE2\x82\xAC \xF0\x9F\x98\x80"},
       {"/after", "plain|after|x"}});
}

TEST_CASE("a block scalar ends behind the line break of its last line") {
  check(
      "clip: |\n  a\n\n  b\n\n\n# comment\n"
      "strip: >-   # comment\n  a\n  b\n\n"
      "keep: |+\n  a\n\n\n"
      "spaces: |\n  a\n     \n\n"
      "empty: |\n\n"
      "indented: |2\n    a\n"
      "last: |\n  end",
      {{"/clip", "literal|clip||\n  a\n\n  b\n"},
       {"/strip", "folded|strip|>-   # comment\n  a\n  b\n"},
       {"/keep", "literal|keep||+\n  a\n\n\n"},
       {"/spaces", "literal|spaces||\n  a\n     \n\n"},
       {"/empty", "literal|empty||\n"},
       {"/indented", "literal|indented||2\n    a\n"},
       {"/last", "literal|last||\n  end"}});
}

TEST_CASE("a block scalar ends at any line break of YAML 1.1") {
  for (const char* line_break : {"\r", "\r\n", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    const std::string written = "|\n a" + std::string(line_break);
    check("spec: " + written + "b+c: d\ne: f\n",
          {{"/spec", ("literal|spec|" + written).c_str()}, {"/b+c", "plain|b+c|d"}, {"/e", "plain|e|f"}});
  }
}

TEST_CASE("a block collection ends where its last child does") {
  const std::string text =
      "map:\n  a: 1\n  b:\n    - x\n    # comment\n    - y   # comment\n\n# comment\n"
      "same:\n- - p\n  - q\n-   k: v\n    l: w\n\n\n"
      "end: {}\n";
  check(text, {{"/map", "block|map|a: 1\n  b:\n    - x\n    # comment\n    - y"},
               {"/map/b", "block|b|- x\n    # comment\n    - y"},
               {"/map/b/1", "plain|-|y"},
               {"/same", "block|same|- - p\n  - q\n-   k: v\n    l: w"},
               {"/same/0", "block|-|- p\n  - q"},
               {"/same/0/1", "plain|-|q"},
               {"/same/1", "block|-|k: v\n    l: w"},
               {"/end", "flow|end|{}"}});
  CHECK(at(read_yaml(text)[0], "") == "block||" + text.substr(0, text.size() - 1));
}

TEST_CASE("flow collections keep their brackets") {
  check("f: {a: [1, \"2\"], b, c: , 'd':x, e: {}}  # no\ng: [a: b, ? c : d,\n  [],]\n",
        {{"/f", "flow|f|{a: [1, \"2\"], b, c: , 'd':x, e: {}}"},
         {"/f/a", "flow|a|[1, \"2\"]"},
         {"/f/a/1", "double||\"2\""},
         {"/f/b", "absent|b|"},
         {"/f/c", "absent|c|"},
         {"/f/d", "plain|'d'|x"},
         {"/f/e", "flow|e|{}"},
         {"/g", "flow|g|[a: b, ? c : d,\n  [],]"},
         {"/g/0", "flow||a: b"},
         {"/g/0/a", "plain|a|b"},
         {"/g/2", "flow||[]"}});
}

TEST_CASE("a value that is not written stands behind its colon, its dash or its key") {
  const std::string text =
      "a:\nb:   # comment\nc: &x\nd:\n-\n- # comment\n\n-\ne: {f: , g, h: }\n? i\n? j\n:\nk: !!str\n";
  const std::vector<Document> documents = read_yaml(text);
  REQUIRE(documents.size() == 1);
  const auto before = [&](std::string_view pointer) {
    const Node& node = *locate(documents[0], Pointer::parse(pointer)).node;
    CHECK(node.style == Style::absent);
    CHECK(node.begin == node.end);
    return text.substr(node.begin - 2, 2);
  };
  CHECK(before("/a") == "a:");
  CHECK(before("/b") == "b:");
  CHECK(before("/c") == "&x");
  CHECK(before("/d/0") == "\n-");
  CHECK(before("/d/1") == "\n-");
  CHECK(before("/d/2") == "\n-");
  CHECK(before("/e/f") == "f:");
  CHECK(before("/e/g") == " g");
  CHECK(before("/e/h") == "h:");
  CHECK(before("/i") == " i");
  CHECK(before("/j") == "\n:");
  CHECK(before("/k") == "tr");
}

TEST_CASE("anchors and tags are not part of the value, and an anchor shares it only where an alias refers to it") {
  check(
      "a: &one\n  x: 1\nb: &two\n- 1\nc: &three !!str 5\nd: !foo # comment\n  e: 1\nf: &g {h: 1}\n"
      "i: [&j k, !!str l, *j]\n? &m nn\n: o\n&p q: r\ns: !!str &t |\n  u\nv: !<tag:yaml.org,2002:str> w\n",
      {{"/a", "block|a|x: 1"},
       {"/b", "block|b|- 1"},
       {"/c", "plain|c|5"},
       {"/d", "block|d|e: 1"},
       {"/f", "flow|f|{h: 1}"},
       {"/i/0", "plain anchored||k"},
       {"/i/1", "plain||l"},
       {"/i/2", "plain alias||*j"},
       {"/nn", "plain|nn|o"},
       {"/q", "plain|q|r"},
       {"/s", "literal|s||\n  u\n"},
       {"/v", "plain|v|w"}});
}

TEST_CASE("an anchor ends with its name, and a tag with the line, also where that ends as in Unicode") {
  check("a: &one:b\nc: !!str\xC2\x85 d\n", {{"/a", "plain|a|:b"}, {"/c", "plain|c|d"}});
}

TEST_CASE("an alias stands for itself and its inside is the anchor's") {
  check("base: &b\n  x: 1\n  yy: [2]\nuse: *b\nkey:\n  <<: *b\n  z: 3\n", {{"/use", "plain alias|use|*b"},
                                                                           {"/use/x", "plain|x|1"},
                                                                           {"/use/yy/0", "plain||2"},
                                                                           {"/key", "block|key|<<: *b\n  z: 3"},
                                                                           {"/key/x", "plain merged|x|1"},
                                                                           {"/key/yy", "flow merged|yy|[2]"},
                                                                           {"/key/z", "plain|z|3"}});
}

TEST_CASE("offsets are right with CR LF, CR and Unicode line breaks, behind characters of several bytes") {
  for (const char* line_break : {"\n", "\r\n", "\r", "\xC2\x85", "\xE2\x80\xA8"}) {
    INFO(Json(line_break).dump());
    const std::string nl = line_break;
    check(
        "# \xE2\x82\xAC" + nl + "a: \xC3\xBC" + nl + "b:" + nl + "- \xF0\x9F\x98\x80" + nl + "- x" + nl + "c: end" + nl,
        {{"/a", "plain|a|\xC3\xBC"},
         {"/b/0", "plain|-|\xF0\x9F\x98\x80"},
         {"/b/1", "plain|-|x"},
         {"/c", "plain|c|end"}});
  }
}

TEST_CASE("documents know their part of the text") {
  const std::string text = "# head\na: 1\n---   # two\nb: 2\n...\n# between\n---\nc: 3\n...\n\n@\n---\nd: 4\n";
  std::vector<std::string> parts;
  for (const Document& document : read_yaml(text))
    parts.push_back(text.substr(document.begin, document.end - document.begin));
  CHECK(parts == std::vector<std::string>{"a: 1\n", "---   # two\nb: 2\n...\n# between\n", "---\nc: 3\n...\n\n", "@\n",
                                          "---\nd: 4\n"});
}

TEST_CASE("locating says how far the way exists, and whether the text serves others") {
  const auto documents = read_yaml("a: &x {b: [1, {c: 2}]}\nd: *x\ne: {<<: *x, f: 1}\ng: {h: 1}\n'': 5\n");
  const Document& document = documents[0];
  struct Example {
    const char* pointer;
    bool exact;
    bool shared;
    const char* text;
    std::size_t offset;
  };
  const Example examples[] = {
      {"", true, false, nullptr, 0},          {"/g/h", true, false, "1", 51},
      {"/g/i/j", false, false, "{h: 1}", 47}, {"/a", true, true, "{b: [1, {c: 2}]}", 0},
      {"/a/b/1/c", true, true, "2", 15},      {"/a/b/2", false, true, "[1, {c: 2}]", 7},
      {"/a/b/0", true, true, "1", 11},        {"/d/b/0", true, true, "1", 11},
      {"/e/f", true, false, "1", 41},         {"/e/b/0", true, true, "1", 11},
      {"/g/h/0", false, false, "1", 51},      {"/a/b/x", false, true, "[1, {c: 2}]", 7},
  };
  for (const Example& example : examples) {
    INFO(example.pointer);
    const Place place = locate(document, Pointer::parse(example.pointer));
    CHECK(place.exact == example.exact);
    CHECK(place.shared == example.shared);
    if (example.text != nullptr) CHECK(written(document, *place.node) == example.text);
    CHECK(offset_of(document, Pointer::parse(example.pointer)) == example.offset);
  }
}
