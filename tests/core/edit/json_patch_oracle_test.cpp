// Asks others whether our patches do what we think: nlohmann's own applier, kubectl (whose library is the API server's)
// and Python's jsonpatch, the last two where they are installed.
#include "core/document/json.hpp"
#include "core/edit/json_patch.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <system_error>
#include <vector>

using namespace dotdiag;

namespace {

/// Documents and add-only patches for them, as requirements make them: made with set_member and append_item.
class RandomEdits {
 public:
  explicit RandomEdits(unsigned seed) : random_(seed) {}

  Json value(int depth) {
    const auto kind = depth == 0 ? below(3) : below(6);
    if (kind == 0) return nullptr;
    if (kind == 1) return static_cast<int>(below(9));
    if (kind == 2) return "text/" + key();
    Json value = kind == 3 ? Json::array() : Json::object();
    for (auto count = below(4); count > 0; --count) {
      if (kind == 3) {
        value.push_back(this->value(depth - 1));
      } else {
        put_member(value, key(), this->value(depth - 1));
      }
    }
    return value;
  }

  Json document() {
    Json document = value(4);
    return document.is_object() ? document : Json::object({{"a", document}});
  }

  /// An edit that fits `document`.
  Edit edit(const Json& document) {
    while (true) {
      Pointer path;
      for (auto length = 1 + below(4); length > 0; --length)
        path = path / (below(4) == 0 ? "0" : key());
      if (below(2) == 0 && can_append(document, path)) return append_item(document, path, value(2));
      if (can_hold(document, path)) return set_member(document, path, value(2));
    }
  }

 private:
  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
  std::string key() { return std::vector<std::string>{"a", "b", "c~/", "0", "-"}[below(5)]; }

  std::mt19937 random_;
};

struct Case {
  Json document;
  Json patch;
  Json after;
};

/// A document, some edits in sequence, and what they make of it.
Case random_case(unsigned seed) {
  RandomEdits random(seed);
  Case result;
  result.document = random.document();
  result.after = result.document;
  Edits edits;
  for (unsigned count = 1 + seed % 6; count > 0; --count) {
    edits.push_back(random.edit(result.after));
    dotdiag::apply(result.after, edits.back());  // or std::apply would be found, through Json's template arguments
  }
  result.patch = Json::parse(write_json_patch(edits));
  return result;
}

bool is_installed(const std::vector<std::string>& argv) {
  try {
    return test::run_process(argv).exit_code == 0;
  } catch (const std::system_error&) {
    return false;
  }
}

}  // namespace

TEST_CASE("our patches do the same through both of our appliers and nlohmann's") {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    const auto [document, patch, after] = random_case(seed);
    INFO("seed " << seed << ": " << document.dump() << " " << patch.dump());
    CHECK(same_document(document.patch(patch), after));
    Json applied = document;
    apply_json_patch(applied, patch);
    CHECK(applied.dump() == after.dump());
  }
}

TEST_CASE("Python's jsonpatch makes the same of our patches") {
  Json cases = Json::array();
  for (unsigned seed = 0; seed < 300; ++seed) {
    const auto [document, patch, after] = random_case(seed);
    cases.push_back(Json::array({document, patch}));
  }
  const std::string program =
      "import json, sys, jsonpatch\n"
      "print(json.dumps([jsonpatch.apply_patch(d, p) for d, p in json.load(sys.stdin)]))";
  const auto result = test::run_process({std::string(test::system_python), "-c", program}, {.input = cases.dump()});
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  const Json patched = Json::parse(result.out);
  REQUIRE(patched.size() == 300);
  for (unsigned seed = 0; seed < 300; ++seed) {
    INFO("seed " << seed);
    CHECK(same_document(patched[seed], random_case(seed).after));
  }
}

// Each of these is applied in turn to one object; a call costs a tenth of a second.
TEST_CASE("kubectl accepts and refuses patches as we do") {
  if (!is_installed({"kubectl", "version", "--client"})) {
    WARN("skipped: kubectl is not installed");
    return;
  }
  const Json object =
      Json::parse(R"({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "annotations": null,
      "labels": {"a": "b"}, "finalizers": ["p", "q"]}, "data": {"k": "v"}})");
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("object.json", object.dump());
  for (
      const char* operations : {
          R"({"op":"add","path":"/metadata/finalizers/-","value":"r"},{"op":"add","path":"/metadata/finalizers/-1","value":"s"})",
          R"({"op":"add","path":"/metadata/finalizers/-3","value":"r"},{"op":"add","path":"/metadata/finalizers/+01","value":"s"})",
          R"({"op":"add","path":"/metadata/finalizers/-4","value":"r"})",
          R"({"op":"add","path":"/metadata/finalizers/3","value":"r"})",
          R"({"op":"add","path":"/metadata/annotations","value":{"a~1":"b"}},{"op":"add","path":"/metadata/annotations/c~1d","value":"e"})",
          R"({"op":"add","path":"/metadata/annotations/a","value":"b"})",
          R"({"op":"remove","path":"/data/gone"})",
          R"({"op":"move","from":"/data/k","path":"/data/l"},{"op":"copy","from":"/data/l","path":"/data/m"})",
          R"({"op":"test","path":"/data/gone","value":null},{"op":"test","path":"/data","value":{"k":"v"}})",
          R"({"op":"test","path":"/data/gone","value":"v"})",
          R"({"op":"replace","path":"/metadata/finalizers/-2","value":"r"})",
      }) {
    INFO(operations);
    const std::string patch = "[" + std::string(operations) + "]";
    const auto result =
        test::run_process({"kubectl", "patch", "--local", "--type=json", "-p", patch, "-o", "json", "-f", file});
    Json ours = object;
    if (result.exit_code != 0) {
      CHECK_THROWS_AS(apply_json_patch(ours, Json::parse(patch)), PatchError);
    } else {
      CHECK_NOTHROW(apply_json_patch(ours, Json::parse(patch)));
      CHECK(same_document(ours, Json::parse(result.out)));
    }
  }
}
