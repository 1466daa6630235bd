// Counters and meters of recorded processes, value by value.
#include "core/diagnostics/counters/counter_values.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/counters/field_values.hpp"
#include "core/diagnostics/failure.hpp"
#include "tests/core/diagnostics/captures.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <sstream>

using namespace dotdiag::diagnostics;
using namespace dotdiag::test;

namespace {

std::vector<CounterValue> values_of(const std::string& name) {
  std::vector<CounterValue> values;
  CounterEvents events([&](const CounterValue& value) { values.push_back(value); },
                       [](const std::string& note) { FAIL(note); });
  read_stream(capture(name), events);
  return values;
}

/// `System.Runtime cpu-usage 3.000`, as the recorded expectations begin.
std::string counter_text(const CounterValue& value) {
  char number[32];
  std::snprintf(number, sizeof number, "%.3f", value.value.value_or(0));
  return value.source + " " + value.name + " " + number + (value.kind == CounterValue::Kind::rate ? " Sum" : " Mean");
}

/// The same of a line of an expectation, in which the unit is optional.
std::string expected_text(const std::string& line) {
  std::istringstream words(line);
  std::string source, name, number, kind;
  words >> source >> name >> number >> kind;
  if (kind != "Sum" && kind != "Mean") words >> kind;
  return source + " " + name + " " + number + " " + kind;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("EventCounters are as recorded") {
  const auto runtime = GENERATE(as<std::string>{}, "netcore31", "net10");
  const std::vector<CounterValue> values = values_of("counters." + runtime + ".nettrace");
  const std::vector<std::string> expected = lines_of(capture("counters." + runtime + ".expected.txt"));
  REQUIRE(values.size() == expected.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    CHECK(counter_text(values[i]) == expected_text(expected[i]));
}

TEST_CASE("a counter brings its title, its unit and the time it is for") {
  const std::vector<CounterValue> values = values_of("counters.netcore31.nettrace");
  CHECK(values[1].title == "Working Set");
  CHECK(values[1].unit == "MB");
  CHECK(values[6].kind == CounterValue::Kind::rate);
  CHECK(values[6].interval == Approx(1).epsilon(0.2));
  CHECK(values[0].when > 0);
  CHECK(values.back().when < 10);
}

TEST_CASE("meters are as recorded") {
  const std::vector<CounterValue> values = values_of("meters.net10.nettrace");
  std::vector<std::string> expected;
  for (const std::string& line : lines_of(capture("meters.net10.expected.txt")))
    if (line.find("ValuePublished") != std::string::npos) expected.push_back(line);
  REQUIRE(values.size() == expected.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    CAPTURE(expected[i]);
    CHECK_THAT(expected[i], Catch::Contains(values[i].source + "/" + values[i].name));
    CHECK_THAT(expected[i], Catch::Contains(values[i].tags));
    const std::string text = expected[i].substr(expected[i].find("value=") + 6);
    if (values[i].value) CHECK(*values[i].value == Approx(std::stod(text)));
  }
}

TEST_CASE("the requests for counters are what the runtime expects") {
  CHECK(counters_of("System.Runtime", 1).arguments == "EventCounterIntervalSec=1");
  const Provider meters = meters_of("System.Runtime,Shop", 2, "id");
  CHECK(meters.name == "System.Diagnostics.Metrics");
  CHECK(
      meters.arguments ==
      "SessionId=SHARED;Metrics=System.Runtime,Shop;RefreshInterval=2;MaxTimeSeries=1000;MaxHistograms=20;ClientId=id");
}

TEST_CASE("values are decoded by their fields, objects inside objects") {
  const std::vector<EventField> fields = {
      {FieldType::object,
       "",
       {{FieldType::object, "Payload", {{FieldType::text, "Name", {}}, {FieldType::float64, "Mean", {}}}}}},
      {FieldType::int32, "Count", {}}};
  const std::string payload = ByteWriter().u16('a').u16(0).u64(0x3FF8000000000000).u32(0xFFFFFFFF).take();
  const FieldValues values(fields, payload);
  CHECK(values.text("Name") == "a");
  CHECK(values.number("Mean") == 1.5);
  CHECK(values.number("Count") == -1);
  CHECK_FALSE(values.has("Increment"));
  CHECK_THROWS_AS(FieldValues(fields, payload.substr(0, payload.size() - 1)), Failure);
  CHECK_THROWS_AS(FieldValues({{static_cast<FieldType>(99), "New", {}}}, payload), Failure);
}
