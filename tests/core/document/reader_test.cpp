#include "core/document/reader.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

using namespace dotdiag;

namespace {

/// `json` or `yaml` and the value or the error, one document a line.
std::vector<std::string> read(const std::string& text) {
  std::vector<std::string> lines;
  for (const Document& document : read_documents(std::make_shared<Source>("f", text))) {
    lines.push_back(document.error ? document.error->what()
                                   : (document.is_json ? "json " : "yaml ") + document.root.dump());
  }
  return lines;
}

using Lines = std::vector<std::string>;

std::string refusal(const std::string& path) {
  try {
    return read_bytes(path);
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("JSON is read as JSON and everything else as YAML") {
  CHECK(read("{\"a\": 1}") == Lines{"json {\"a\":1}"});
  CHECK(read(" \n[1]\n") == Lines{"json [1]"});
  CHECK(read("{\"a\": 1}\n{\"b\": 2}\n[3]") == Lines{"json {\"a\":1}", "json {\"b\":2}", "json [3]"});
  CHECK(read("a: {b: 1}\n---\n- 2\n") == Lines{"yaml {\"a\":{\"b\":1}}", "yaml [2]"});
  CHECK(read("").empty());
}

TEST_CASE("what only starts like JSON is read as YAML") {
  CHECK(read("{a: 1}") == Lines{"yaml {\"a\":1}"});
  CHECK(read("{\"a\": 1}\n---\n{\"b\": 2}\n") == Lines{"yaml {\"a\":1}", "yaml {\"b\":2}"});
  CHECK(read("[a, b] # c\n") == Lines{"yaml [\"a\",\"b\"]"});
}

TEST_CASE("JSON with a mistake is refused with a message about JSON, where YAML understands no more") {
  const Lines lines = read("{\"a\": 1}\n{\"b\": }}\n");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "json {\"a\":1}");
  CHECK_THAT(lines[1], Catch::StartsWith("f:2:") && !Catch::Contains("YAML"));
}

TEST_CASE("files are read byte for byte") {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "dotdiag-reader-test";
  std::string bytes(200000, 'x');
  bytes += "\r\n";
  bytes += '\0';
  std::ofstream(path, std::ios::binary) << bytes;
  CHECK(read_bytes(path) == bytes);
  std::ofstream(path, std::ios::binary).flush();
  CHECK(read_bytes(path).empty());
  std::filesystem::remove(path);
}

TEST_CASE("what cannot be read says why") {
  CHECK(refusal("/nowhere/x.yaml") == "/nowhere/x.yaml: cannot be read: No such file or directory");
  CHECK(refusal(std::filesystem::temp_directory_path().string()) ==
        std::filesystem::temp_directory_path().string() + ": cannot be read: it is a directory");
}
