#include "core/document/quantity.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace dotdiag;

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

}  // namespace

// The values and texts are those of Quantity.Value() and, where nothing is rounded, Quantity.String() of apimachinery.
TEST_CASE("each quantity has Kubernetes' value and canonical text") {
  struct Row {
    const char* text;
    std::int64_t value;
    const char* canonical;
  };
  const std::vector<Row> rows{
      {"0", 0, "0"},
      {"500Mi", 524288000, "500Mi"},
      {"1.5Gi", 1610612736, "1536Mi"},
      {"1024Mi", 1073741824, "1Gi"},
      {"512", 512, "512"},
      {"1Ki", 1024, "1Ki"},
      {"0.5Ki", 512, "512"},
      {"0.9765625Ki", 1000, "1k"},
      {"1.1Ki", 1127, "1127"},
      {"0.001Ki", 2, "2"},
      {"7Ei", 8070450532247928832, "7Ei"},
      {"100m", 1, "1"},
      {"1100m", 2, "2"},
      {"2000m", 2, "2"},
      {"1u", 1, "1"},
      {"1n", 1, "1"},
      {"0.1", 1, "1"},
      {".5", 1, "1"},
      {"1.", 1, "1"},
      {"0.0", 0, "0"},
      {"0000.0000", 0, "0"},
      {"+3", 3, "3"},
      {"-3", -3, "-3"},
      {"-100m", -1, "-1"},
      {"-1.5Ki", -1536, "-1536"},
      {"-2Ki", -2048, "-2Ki"},
      {"1k", 1000, "1k"},
      {"1000k", 1000000, "1M"},
      {"1500k", 1500000, "1500k"},
      {"5E", 5000000000000000000, "5E"},
      {"12e6", 12000000, "12e6"},
      {"12E6", 12000000, "12e6"},
      {"1e3", 1000, "1e3"},
      {"1e+2", 100, "100"},
      {"15e-1", 2, "2"},
      {"1e-999999999999", 1, "1"},
      {"0e999999999999", 0, "0"},
      {"100000e-5", 1, "1"},
      {"9223372036854775807", most, "9223372036854775807"},
      {"000000000000000000000000000007", 7, "7"},
      {"0.00000000000000000000000000000000001Gi", 1, "1"},
      {"1.00000000000000000000000000000000001Gi", 1073741825, "1073741825"},
  };
  for (const auto& [text, value, canonical] : rows) {
    INFO(text);
    const auto quantity = Quantity::parse(text);
    REQUIRE(quantity);
    CHECK(quantity->value() == value);
    CHECK(quantity->text() == canonical);
  }
}

TEST_CASE("what is no quantity, or does not fit, is none") {
  for (const char* text : {"",
                           " ",
                           "1 Gi",
                           " 1",
                           "1 ",
                           "Gi",
                           "1gb",
                           "1.2.3",
                           ".",
                           "-",
                           "--1",
                           "+-1",
                           "1K",
                           "1ki",
                           "1KI",
                           "1i",
                           "1e",
                           "1e+",
                           "1e+-2",
                           "e3",
                           "1e3.5",
                           "1Mie3",
                           "0x1",
                           "1,5",
                           "inf",
                           "9223372036854775808",
                           "10E",
                           "8Ei",
                           "1e19",
                           "1e999999999999999999999",
                           "92233720368547758.08e2x"}) {
    INFO(text);
    CHECK_FALSE(Quantity::parse(text));
  }
}

TEST_CASE("a quantity's text has the quantity's value") {
  std::mt19937_64 random(6);  // NOLINT: the same numbers each time
  const std::vector<std::string> suffixes{"",   "n",  "u",  "m",  "k",  "M",   "G", "T",
                                          "Ki", "Mi", "Gi", "Ti", "e3", "E-2", "e0"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text = std::to_string(random() >> (42 + random() % 22));
    if (random() % 2 == 0) text += "." + std::to_string(random() % 100'000);
    if (random() % 4 == 0) text = "-" + text;
    text += suffixes[random() % suffixes.size()];
    const auto quantity = Quantity::parse(text);
    INFO(text);
    REQUIRE(quantity);
    INFO(quantity->text());
    REQUIRE(Quantity::parse(quantity->text()));
    REQUIRE(Quantity::parse(quantity->text())->value() == quantity->value());
    REQUIRE(Quantity::parse(quantity->text())->text() == quantity->text());
  }
}

TEST_CASE("a scaled quantity is rounded up to whole units, and to whole Mi from there on") {
  const auto scaled = [](const char* text, double factor) { return Quantity::parse(text)->scaled(factor).text(); };
  CHECK(scaled("512Mi", 1.5) == "768Mi");
  CHECK(scaled("1Gi", 1.5) == "1536Mi");
  CHECK(scaled("333Mi", 1.5) == "500Mi");
  CHECK(scaled("1G", 1.5) == "1431Mi");
  CHECK(scaled("100", 1.1) == "110");
  CHECK(scaled("3", 1.5) == "5");
  CHECK(scaled("1Gi", 0) == "0");
  CHECK(scaled("1Mi", 1) == "1Mi");
  CHECK(scaled("1048577", 1) == "2Mi");
  CHECK(Quantity::parse("7Ei")->scaled(1e300).value() == most / (1024 * 1024) * (1024 * 1024));
}
