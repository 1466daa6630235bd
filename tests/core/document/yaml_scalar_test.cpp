#include "core/document/yaml_scalar.hpp"

#include "tests/core/document/yaml_support.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace dotdiag;

namespace {

struct Scalar {
  const char* text;
  Json value;
};

/// As `kubectl label --local` answers; tests/core/document/kubectl_test.cpp asks it where it is installed.
const std::vector<Scalar>& plain_table() {
  static const std::vector<Scalar> table = {
      {"y", true},
      {"Y", true},
      {"yes", true},
      {"Yes", true},
      {"YES", true},
      {"yEs", "yEs"},
      {"n", false},
      {"N", false},
      {"no", false},
      {"No", false},
      {"NO", false},
      {"on", true},
      {"On", true},
      {"ON", true},
      {"off", false},
      {"Off", false},
      {"OFF", false},
      {"true", true},
      {"True", true},
      {"TRUE", true},
      {"tRUE", "tRUE"},
      {"false", false},
      {"False", false},
      {"FALSE", false},
      {"~", nullptr},
      {"null", nullptr},
      {"Null", nullptr},
      {"NULL", nullptr},
      {"nUll", "nUll"},
      {"none", "none"},
      {"0", 0},
      {"-0", 0},
      {"+5", 5},
      {"-5", -5},
      {"12", 12},
      {"0x1F", 31},
      {"0X1f", 31},
      {"+0x1F", 31},
      {"0x_1F", 31},
      {"0o17", 15},
      {"0O7", 7},
      {"017", 15},
      {"-010", -8},
      {"0_7", 7},
      {"07_7", 63},
      {"0b11", 3},
      {"-0b11", -3},
      {"0B1", 1},
      {"1_000", 1000},
      {"1__0", 10},
      {"1_", 1},
      {"_1", "_1"},
      {"0o", "0o"},
      {"0x", "0x"},
      {"0xg", "0xg"},
      {"0b12", "0b12"},
      {"9223372036854775807", 9223372036854775807},
      {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
      {"18446744073709551615", 18446744073709551615U},
      {"18446744073709551616", 18446744073709551616.0},
      {"-9223372036854775809", -9223372036854775809.0},
      {"+9223372036854775808", 9223372036854775808.0},
      {"0xFFFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFFFF"},
      {"08", 8.0},
      {"09.5", 9.5},
      {"1.5", 1.5},
      {".5", 0.5},
      {"+.5", 0.5},
      {"-.5", -0.5},
      {"5.", 5.0},
      {"1e3", 1000.0},
      {"1E3", 1000.0},
      {"1e+3", 1000.0},
      {"1.5e-3", 0.0015},
      {"1.e5", 100000.0},
      {".5e3", 500.0},
      {"1_0.5_0", 10.5},
      {"1e5_0", 1e50},
      {".5_0", 0.5},
      {".1_5", 0.15},
      {"._5", "._5"},
      {".5_", ".5_"},
      {".e3", ".e3"},
      {"1e", "1e"},
      {"1e+", "1e+"},
      {"1e999", "1e999"},
      {"-1e999", "-1e999"},
      {"1e-999", 0.0},
      {"0x1p4", "0x1p4"},
      {".", "."},
      {"+", "+"},
      {"..", ".."},
      {"1:30", "1:30"},
      {"1.2.3", "1.2.3"},
      {"2001-01-01", "2001-01-01"},
      {"2001-01-01T00:00:00Z", "2001-01-01T00:00:00Z"},
      {"500Mi", "500Mi"},
      {"100m", "100m"},
      {"=", "="},
      {"<<", "<<"},
      {"infinity", "infinity"},
      {"nan", "nan"},
      {"1.5.", "1.5."},
      {"--", "--"},
  };
  return table;
}

}  // namespace

TEST_CASE("plain scalars mean what they mean to kubectl") {
  for (const auto& [text, value] : plain_table()) {
    INFO(text);
    CHECK(plain_scalar(text) == value);
    CHECK(plain_scalar(text).is_string() == value.is_string());
    CHECK(value_of(std::string("x: ") + text) == Json({{"x", *json_value(value)}}));
  }
  CHECK(plain_scalar("").is_null());
  CHECK(std::isnan(plain_scalar(".NaN").get<double>()));
  for (const char* text : {".inf", ".Inf", ".INF", "+.inf", "-.INF"})
    CHECK(std::isinf(plain_scalar(text).get<double>()));
}

TEST_CASE("numbers without a fraction arrive as integers, as in the JSON text kubectl sends") {
  CHECK(value_of("[1.0, 1e3, -2.0, 1e18]").dump() == "[1,1000,-2,1000000000000000000]");
  CHECK(value_of("[1e19, 0.5]").dump() == "[1e+19,0.5]");
}

TEST_CASE("tags decide what a scalar is") {
  struct Example {
    const char* text;
    Json value;
  };
  const Example examples[] = {
      {"!!str 5", "5"},
      {"!!str", ""},
      {"!!int \"5\"", 5},
      {"!!float 5", 5},
      {"!!bool \"yes\"", true},
      {"!!null \"\"", nullptr},
      {"!!null ~", nullptr},
      {"!!binary aGk=", "hi"},
      {"!!binary", ""},
      {"!!timestamp 2001-01-01", "2001-01-01"},
      {"! 5", "5"},
      {"! \"5\"", "5"},
      {"!foo 5", "5"},
      {"!foo {a: 1}", {{"a", 1}}},
      {"!!str [a]", {"a"}},
      {"!!set {a}", {{"a", nullptr}}},
      {"!<tag:yaml.org,2002:int> '7'", 7},
      {"&a !!int '3'", 3},
      {"!!int &a '3'", 3},
  };
  for (const Example& example : examples) {
    INFO(example.text);
    CHECK(value_of(std::string("x: ") + example.text) == Json({{"x", example.value}}));
  }
}

TEST_CASE("a scalar that does not fit its tag is refused") {
  for (const char* text : {"!!int 1.5", "!!int x", "!!int", "!!null foo", "!!bool 1", "!!timestamp foo",
                           "!!binary '@@@'", "!!binary aGk", "!!float 18446744073709551615", "!!float on"}) {
    INFO(text);
    CHECK_THAT(error_of(std::string("x: ") + text), Catch::Contains("does not fit its tag"));
  }
}

TEST_CASE("keys become strings as in sigs.k8s.io/yaml") {
  struct Example {
    const char* key;
    const char* json;
  };
  const Example examples[] = {
      {"on", "true"},
      {"'on'", "on"},
      {"!!str on", "on"},
      {"n", "false"},
      {"5", "5"},
      {"010", "8"},
      {"0x10", "16"},
      {"1.5", "1.5"},
      {"1.50", "1.5"},
      {"1e3", "1000"},
      {"1e6", "1e+06"},
      {"100000.0", "100000"},
      {"1234567.0", "1.234567e+06"},
      {"0.00001", "1e-05"},
      {"0.1", "0.1"},
      {"3.4e38", "3.4e+38"},
      {"123456.75", "123456.75"},
      {"-1.5", "-1.5"},
      {".nan", ".nan"},
      {"1e100", ".inf"},
      {"-.inf", "-.inf"},
      {"0.0", "0"},
  };
  for (const Example& example : examples) {
    INFO(example.key);
    CHECK(value_of(std::string(example.key) + ": 1") == Json({{example.json, 1}}));
  }
  for (const char* key : {"~", "null", "18446744073709551615"}) {
    INFO(key);
    CHECK_THAT(error_of(std::string(key) + " : 1"), Catch::Contains("no JSON form"));
  }
}

TEST_CASE("text that needs no quotes reads back as itself, in block and in flow style") {
  const std::string alphabet[] = {"a",  "1", "0", "x", "e", ".", "-",  "+",  "_", ":", " ", "#",       "'",
                                  "\"", ",", "[", "]", "{", "}", "&",  "*",  "!", "|", ">", "%",       "@",
                                  "`",  "?", "~", "=", "<", "/", "\t", "\n", "y", "n", "o", "\xC3\xBC"};
  unsigned seed = 7;
  std::size_t unquoted = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int length = round % 5; length >= 0; --length) {
      seed = seed * 1664525U + 1013904223U;
      text += alphabet[(seed >> 16U) % std::size(alphabet)];
    }
    if (needs_quotes(text)) continue;
    ++unquoted;
    INFO(text);
    REQUIRE(value_of("k: " + text) == Json({{"k", text}}));
    REQUIRE(value_of("- " + text) == Json::array({text}));
    REQUIRE(value_of("{k: " + text + ", " + text + ": [" + text + "]}") == Json({{"k", text}, {text, {text}}}));
  }
  CHECK(unquoted > 2000);
}

TEST_CASE("common values are left unquoted, and treacherous ones are not") {
  for (const char* text :
       {"app", "500Mi", "100m", "/tmp", "mcr.microsoft.com/dotnet/monitor:10.0", "1.2.3", "--flag", "-c", "a b",
        "$(POD_NAME)", "dotdiag.io/inject", "http://+:8080", "SYS_PTRACE", "a#b", "\xC3\xBC"}) {
    INFO(text);
    CHECK_FALSE(needs_quotes(text));
  }
  for (const char* text : {"",     "true", "y",   "no",   "1",  "1e3",  "010",  "~",        "null",
                           "<<",   " a",   "a ",  "a: b", "a:", "a #b", "- a",  "-",        "?",
                           "---",  "*a",   "&a",  "!a",   "@a", "a\tb", "a\nb", "\xC2\x85", "\xE2\x80\xA8",
                           "\x7F", "[a]",  "a,b", ".5"}) {
    INFO(text);
    CHECK(needs_quotes(text));
  }
}
