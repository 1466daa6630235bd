// Asks kubectl itself, where it is installed, what it makes of scalars, keys and merge keys.
#include "core/document/json_reader.hpp"
#include "tests/core/document/yaml_support.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace dotdiag;

namespace {

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  char buffer[4096];
  for (std::size_t size = 0; (size = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    output.append(buffer, size);
  pclose(pipe);
  return output;
}

bool has_kubectl() {
  return std::system("kubectl version --client >/dev/null 2>&1") == 0;
}

/// Member `t` of the object as kubectl reads it; it never talks to a server here.
Json as_kubectl_reads(const std::string& yaml) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "dotdiag-kubectl-test.yaml";
  std::ofstream(path) << yaml;
  const std::string json = output_of("kubectl label --local -o json -f " + path.string() + " a=b");
  std::filesystem::remove(path);
  return json.empty() ? Json() : read_json(json, "kubectl").at("t");
}

}  // namespace

TEST_CASE("kubectl reads scalars, keys, tags and merge keys as we do") {
  if (!has_kubectl()) {
    WARN("kubectl is not installed: nothing compared");
    return;
  }
  const std::string yaml = R"(apiVersion: v1
kind: ConfigMap
metadata: {name: a}
base: &b {a: 1, b: 2}
base2: &c {a: 10, c: 3}
t:
  merges:
  - {<<: *b, a: 5}
  - {a: 5, <<: *b}
  - {<<: [*b, *c]}
  - {<<: *b, <<: *c}
  - {<<: {<<: *b, a: 7}, z: 1}
  - {"<<": 5}
  - {!!merge <<: {a: 5}}
  - {<<: []}
  tags: [! 5, ! "5", !foo 5, !foo {a: 1}, !!str 5, !!int "5", !!float 5, !!float 0x10, !!bool "yes", !!null "", !!null "~",
    !!binary aGk=, !!timestamp 2001-01-01, !!str [a], !!map {a: 1}, !!set {a}, !!omap [a: 1], !!str , !!binary ]
  words: [y, Y, yes, Yes, YES, yEs, n, N, no, No, NO, on, On, ON, off, Off, OFF, true, True, TRUE, tRUE, false, False, FALSE, ~,
    null, Null, NULL, nUll, none, infinity, nan, =, <<, "on", 'on', 1.2.3, 500Mi]
  numbers: [0, -0, +5, -5, 0x1F, 0X1f, +0x1F, 0x_1F, 0o17, 0O7, 017, -010, 0_7, 07_7, 0b11, -0b11, 0B1, 1_000, 1__0, 1_, _1, 0o, 0x,
    0xg, 0b12, 9223372036854775807, -9223372036854775808, 18446744073709551615, 18446744073709551616, -9223372036854775809,
    +9223372036854775808, 0xFFFFFFFFFFFFFFFFFF, 08, 09.5, 1.5, .5, +.5, -.5, 5., 1e3, 1E3, 1e+3, 1.5e-3, 1.e5, .5e3, 1_0.5_0, 1e5_0,
    .5_0, .1_5, ._5, .5_, .e3, 1e, 1e+, 1e999, -1e999, 1e-999, 0x1p4, ., +, .., 1:30, 2001-01-01, 2001-01-01T00:00:00Z, 1e19, 1e21]
  keys: {on: 1, 5: 2, 1.5: 3, 1e6: 4, 0x10: 5, .nan: 6, 1234567.0: 7, 0.00001: 8, 1e3: 9, 100000.0: 10, 3.4e38: 11, 0.1: 12, .inf: 13,
    123456.75: 14, !!str on: 15, "": 16, n: 17, 010: 18, -1.5: 19}
  text:
    literal: |
      a
       b

      c

    keep: |+
      a

    folded: >-
      a
      b

      c
        d
    several: one
      two

      three
    single: 'it''s
      folded'
    double: "a\tb\u00e9\
      c\x41 \
      d"
)";
  const Json ours = value_of(yaml).at("t");
  const Json theirs = as_kubectl_reads(yaml);
  for (const auto& [part, value] : ours.items()) {
    INFO(part);
    REQUIRE(theirs.is_object());
    REQUIRE(theirs.at(part).size() == value.size());
    for (const auto& [key, item] : value.items()) {
      const Json& other = value.is_array() ? theirs.at(part)[std::stoul(key)] : theirs.at(part).at(key);
      INFO(key << ": " << item.dump() << " and " << other.dump());
      const bool are_numbers = item.is_number() && other.is_number();  // kubectl rounds what exceeds 53 bits
      CHECK((are_numbers ? item.get<double>() == other.get<double>() : same_document(item, other)));
    }
  }
}
