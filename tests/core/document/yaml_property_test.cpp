// Random YAML: whatever the input, reading ends, and what it returns holds together. Where yaml-cpp, an independent
// reader, accepts generated documents, both see the same structure and the same scalars.
#include "core/document/yaml_scalar.hpp"
#include "tests/core/document/yaml_support.hpp"

#include <yaml-cpp/yaml.h>

#include <catch2/catch.hpp>
#include <random>

using namespace dotdiag;

namespace {

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_); }
  template <std::size_t Count>
  const char* one_of(const char* const (&choices)[Count]) {
    return choices[below(Count)];
  }

 private:
  std::mt19937 engine_;
};

bool same_shape(const Json& value, const Node& node, std::size_t size) {
  if (node.begin > node.end || node.end > size) return false;
  if (!value.is_structured()) return node.entries.empty();
  if (value.size() != node.entries.size()) return false;
  std::size_t index = 0;
  for (const auto& [key, child] : value.items()) {
    const Entry& entry = node.entries[index++];
    if (value.is_object() && entry.key != key) return false;
    if (entry.key_begin > entry.key_end || entry.key_end > size) return false;
    const bool own = entry.origin == Origin::own && !node.is_alias;
    if (own && (entry.key_begin < node.begin || entry.node->end > node.end)) return false;
    if (!same_shape(child, *entry.node, size)) return false;
  }
  return true;
}

bool holds_together(const std::vector<Document>& documents, std::size_t size) {
  std::size_t end = 0;
  for (const Document& document : documents) {
    if (document.begin < end || document.end <= document.begin || document.end > size) return false;
    end = document.end;
    if (document.error ? document.tree != nullptr : !same_shape(document.root, *document.tree, size)) return false;
  }
  return true;
}

const std::string seed_text =
    "# comment\napiVersion: v1\nkind: 'Pod'\nmetadata: &m\n  name: \"a\\tb\"\n  labels: {a: 1, b: [x, *m2], ? c : "
    "d}\nspec:\n- a: |\n    x\n"
    "\n    y\n  b: >-\n    p\n    q\n- - 1\n  - &m2 2\n- *m\n- <<: *m\n  c:\n---\n...\n%YAML 1.1\n--- !!str\n- "
    "\xC3\xBC: \xE2\x82\xAC\n";

std::string mutated(Random& random) {
  static const char* const pieces[] = {"\n",
                                       "  ",
                                       "- ",
                                       ": ",
                                       "---\n",
                                       "...\n",
                                       "\t",
                                       "{",
                                       "}",
                                       "[",
                                       "]",
                                       ",",
                                       "&a ",
                                       "*a",
                                       "*m",
                                       "<<: ",
                                       "|\n",
                                       ">",
                                       "'",
                                       "\"",
                                       "#",
                                       "?",
                                       "!",
                                       "!!int ",
                                       "%",
                                       "@",
                                       "\r",
                                       "\xC2\x85",
                                       "\xEF\xBB\xBF",
                                       "\xE2\x80\xA8",
                                       "a: b\n",
                                       "\\",
                                       "\x01",
                                       "|+\n",
                                       "~"};
  std::string text = seed_text.substr(0, random.below(seed_text.size()));
  for (std::size_t edits = random.below(12); edits > 0; --edits) {
    const std::size_t at = random.below(text.size() + 1);
    switch (random.below(3)) {
      case 0:
        text.insert(at, random.one_of(pieces));
        break;
      case 1:
        text.erase(at, random.below(8));
        break;
      default:
        text += text.substr(at, random.below(40));
    }
  }
  return text;
}

/// Writes a random document, in random styles.
class Generator {
 public:
  explicit Generator(Random& random) : random_(random) {}

  std::string document() { return block(0, 0); }

 private:
  std::string newline(std::size_t indent) {
    static const char* const between[] = {"\n", "\n", "\n", "  # comment: - {\n", "\n\n", "\n# comment\n"};
    return random_.one_of(between) + std::string(indent, ' ');
  }

  std::string scalar() {
    static const char* const scalars[] = {"word",         "two words",
                                          "a:b",          "-x",
                                          "12",           "true",
                                          "'it''s'",      "\"a\\tb\\u00e9\\\\\"",
                                          "''",           "\xC3\xBC \xE2\x82\xAC",
                                          "http://x/y#z", "'# no'",
                                          "\"\"",         "x'y",
                                          "1.5",          "null"};
    return random_.one_of(scalars);
  }

  std::string flow(std::size_t depth) {
    if (depth > 3 || random_.below(3) == 0) return scalar_in_flow();
    const bool list = random_.below(2) == 0;
    std::string text = list ? "[" : "{";
    for (std::size_t left = random_.below(4); left > 0; --left) {
      if (!list) text += plain_key() + ": ";
      text += flow(depth + 1) + (left > 1 ? ", " : "");
    }
    return text + (list ? "]" : "}");
  }

  std::string scalar_in_flow() {
    static const char* const scalars[] = {"word", "two words", "'x, y'", "\"]\"", "12", "a.b"};
    return random_.one_of(scalars);
  }

  std::string plain_key() { return "k" + std::to_string(count_++); }

  std::string block_scalar(std::size_t indent) {
    static const char* const headers[] = {"|", "|-", "|+", ">", ">-"};
    const std::string margin(indent + 2, ' ');
    std::string text = std::string(random_.one_of(headers)) + "\n" + margin + "first line\n";
    if (random_.below(2) == 0) text += "\n";
    if (random_.below(2) == 0) text += margin + "second # line\n" + margin + "third: line\n";
    if (random_.below(3) == 0) text += "\n";
    return text + std::string(indent, ' ');
  }

  /// A collection whose first line starts at column `indent`; ends ready for the next line at that column.
  std::string block(std::size_t indent, std::size_t depth) {
    const bool list = random_.below(3) == 0;
    std::string text;
    for (std::size_t left = 1 + random_.below(4); left > 0; --left) {
      text += list ? "- " : plain_key() + ":";
      text += value(indent, depth, list);
    }
    return text;
  }

  std::string value(std::size_t indent, std::size_t depth, bool in_list) {
    switch (depth > 4 ? 0 : random_.below(5)) {
      case 0:
      case 1:
        return " " + scalar() + newline(indent);
      case 2:
        return " " + flow(0) + newline(indent);
      case 3:
        return " " + block_scalar(indent);
      default:
        break;
    }
    const std::size_t inner = indent + 2;
    const std::string start = in_list && random_.below(2) == 0 ? "" : newline(inner);
    std::string nested = start + block(inner, depth + 1);
    return nested.substr(0, nested.find_last_not_of(' ') + 1) + std::string(indent, ' ');
  }

  Random& random_;
  std::size_t count_ = 0;
};

Json from_yaml_cpp(const YAML::Node& node) {
  switch (node.Type()) {
    case YAML::NodeType::Null:
      return nullptr;
    case YAML::NodeType::Scalar:
      return node.Tag() == "!" ? Json(node.Scalar()) : *json_value(plain_scalar(node.Scalar()));
    case YAML::NodeType::Sequence: {
      Json list = Json::array();
      for (const YAML::Node& item : node)
        list.push_back(from_yaml_cpp(item));
      return list;
    }
    default: {
      Json object = Json::object();
      for (const auto& member : node)
        object.push_back({member.first.Scalar(), from_yaml_cpp(member.second)});
      return object;
    }
  }
}

}  // namespace

TEST_CASE("mutated YAML never breaks the reader") {
  Random random(1);
  std::size_t documents = 0;
  for (int round = 0; round < 5000; ++round) {
    const std::string text = mutated(random);
    try {
      const auto source = std::make_shared<Source>("f", text);
      INFO(Json(std::string(source->text())).dump());
      const std::vector<Document> read = read_documents(source);
      REQUIRE(holds_together(read, source->text().size()));
      documents += read.size();
    } catch (const InputError&) {
      continue;  // the mutation broke a character in two
    }
  }
  CHECK(documents > 5000);
}

TEST_CASE("random bytes never break the reader") {
  Random random(2);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (std::size_t length = random.below(60); length > 0; --length) {
      text += random.below(4) == 0 ? static_cast<char>(random.below(256)) : static_cast<char>(32 + random.below(95));
    }
    try {
      const auto source = std::make_shared<Source>("f", text);
      INFO(Json(std::string(source->text())).dump());
      REQUIRE(holds_together(read_documents(source), source->text().size()));
    } catch (const InputError& error) {
      REQUIRE_THAT(error.what(), Catch::Contains("invalid UTF") || Catch::Contains("NUL"));
    }
  }
}

TEST_CASE("generated documents are the same to yaml-cpp") {
  Random random(3);
  for (int round = 0; round < 500; ++round) {
    const std::string text = Generator(random).document();
    INFO(text);
    REQUIRE(value_of(text) == from_yaml_cpp(YAML::Load(text)));
  }
}
