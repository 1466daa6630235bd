// Random texts, random edits: what patch_text writes is right, and what it refuses is rare.
#include "core/document/reader.hpp"
#include "core/edit/json_patch.hpp"
#include "core/edit/yaml_patch.hpp"
#include "tests/support/random_edits.hpp"
#include "tests/support/yaml_text_generator.hpp"

#include <yaml-cpp/yaml.h>
#include <algorithm>
#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

constexpr unsigned first_seed = 20261121;
constexpr unsigned texts = 3000;

std::shared_ptr<const Source> random_source(std::string text) {
  return std::make_shared<const Source>("random.yaml", std::move(text));
}

std::vector<Json> roots_of(const std::string& text) {
  std::vector<Json> roots;
  for (const Document& document : read_documents(random_source(text)))
    roots.push_back(document.root);
  return roots;
}

/// Without trailing line breaks: of those that `>+` keeps, yaml-cpp loses one.
std::string trimmed(const std::string& text) {
  return text.substr(0, text.find_last_not_of('\n') + 1);
}

bool agrees(const YAML::Node& node, const Json& value);

bool has_members(const YAML::Node& node, const Json& object) {
  for (const auto& [key, value] : object.items()) {
    const auto has_key = [&name = key](const auto& pair) { return pair.first.Scalar() == name; };
    const auto found = std::find_if(node.begin(), node.end(), has_key);
    if (found == node.end() || !agrees(found->second, value)) return false;
  }
  return true;
}

/// The same document for a reader that knows neither our scalars nor our code: same keys, same shape, same strings.
bool agrees(const YAML::Node& node, const Json& value) {
  if (value.is_object()) return node.IsMap() && node.size() == value.size() && has_members(node, value);
  if (value.is_string()) return node.IsScalar() && trimmed(node.Scalar()) == trimmed(value.get<std::string>());
  if (!value.is_array()) return !node.IsMap() && !node.IsSequence();
  if (!node.IsSequence() || node.size() != value.size()) return false;
  for (std::size_t i = 0; i < value.size(); ++i)
    if (!agrees(node[i], value[i])) return false;
  return true;
}

/// yaml-cpp 0.7 takes a lone CR for no line break.
bool yaml_cpp_agrees(const std::string& text, const std::vector<Json>& roots) {
  if (text.find('\r') != std::string::npos && text.find('\n') == std::string::npos) return true;
  const std::vector<YAML::Node> nodes = YAML::LoadAll(text);
  return std::equal(nodes.begin(), nodes.end(), roots.begin(), roots.end(), agrees);
}

/// True where `text` has every comment of the generator, in order.
bool has_comments(const std::string& text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < count && at != std::string::npos; ++i)
    at = text.find(YamlTextGenerator::comment_head(i), at);
  return at != std::string::npos;
}

bool ends_line(const std::string& text) {
  return text.back() == '\n' || text.back() == '\r';
}

/// A text, edits for one of its documents, and what the documents must be with those edits made.
struct Trial {
  std::vector<Json> expected;
  std::string text;
  std::size_t index = 0;
  Edits edits;
};

Trial yaml_trial(YamlTextGenerator& generator) {
  Trial trial;
  for (std::size_t count = generator.chance(70) ? 1 : 3; count > 0; --count)
    trial.expected.push_back(generator.object());
  trial.text = generator.file(trial.expected);
  trial.index = generator.below(trial.expected.size());
  trial.edits = random_edits(generator, trial.expected[trial.index]);
  return trial;
}

Trial json_trial(YamlTextGenerator& generator) {
  Trial trial;
  trial.expected = {generator.object()};
  const int indent = generator.chance(30) ? -1 : static_cast<int>(1 + generator.below(4));
  trial.text = trial.expected[0].dump(indent, generator.chance(80) ? ' ' : '\t') + (generator.chance(80) ? "\n" : "");
  trial.edits = random_edits(generator, trial.expected[0]);
  return trial;
}

std::string story(unsigned seed, const Trial& trial, const TextPatch& patch) {
  return "seed " + std::to_string(seed) + "\n" + trial.text + "\n>>> " + write_json_patch(trial.edits) + "\n" +
         patch.text + patch.refusal;
}

}  // namespace

TEST_CASE("random texts say what their generator meant") {
  for (unsigned seed = first_seed; seed < first_seed + texts; ++seed) {
    YamlTextGenerator generator(seed);
    const std::vector<Json> roots = {generator.object(), generator.object()};
    const std::string text = generator.file(roots);
    INFO("seed " << seed << "\n" << text);
    REQUIRE(roots_of(text) == roots);
  }
}

TEST_CASE("random edits of random texts are written rightly or, rarely, refused") {
  std::size_t refused = 0;
  for (unsigned seed = first_seed; seed < first_seed + texts; ++seed) {
    YamlTextGenerator generator(seed);
    const Trial trial = yaml_trial(generator);
    const TextPatch patch = patch_text(random_source(trial.text), trial.index, trial.edits);
    INFO(story(seed, trial, patch));
    REQUIRE(patch.text.empty() != patch.refusal.empty());
    REQUIRE(patch.snippet.empty() == patch.refusal.empty());
    refused += patch.refusal.empty() ? 0 : 1;
    if (!patch.refusal.empty()) continue;
    REQUIRE(roots_of(patch.text) == trial.expected);
    REQUIRE(yaml_cpp_agrees(patch.text, trial.expected));
    REQUIRE(has_comments(patch.text, generator.comments()));
    REQUIRE(ends_line(patch.text) == ends_line(trial.text));
  }
  WARN("seeds from " << first_seed << ": " << refused << " of " << texts << " refused");
  CHECK(refused * 100 < texts);
}

TEST_CASE("random edits of JSON files are always written, and leave JSON in the same layout") {
  for (unsigned seed = first_seed; seed < first_seed + texts / 3; ++seed) {
    YamlTextGenerator generator(seed);
    const Trial trial = json_trial(generator);
    const TextPatch patch = patch_text(random_source(trial.text), 0, trial.edits);
    INFO(story(seed, trial, patch));
    REQUIRE(patch.refusal.empty());
    REQUIRE(Json::parse(patch.text) == trial.expected[0]);
    const bool one_line = trial.text.find('\n') >= trial.text.size() - 1;
    if (one_line) {
      REQUIRE(trimmed(patch.text) == trial.expected[0].dump());
      continue;
    }
    const std::size_t indent = trial.text.find('"') - 2;
    REQUIRE(trimmed(patch.text) == trial.expected[0].dump(static_cast<int>(indent), trial.text[2]));
  }
}
