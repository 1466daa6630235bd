#include "collect/counters_report.hpp"

#include "collect/json_object.hpp"
#include "collect/words.hpp"

#include <cmath>
#include <cstdio>
#include <ostream>
#include <tuple>
#include <vector>

namespace dotdiag::collect {

using diagnostics::CounterValue;

namespace {

/// A number without needless digits; `-` where there is none.
std::string number_text(const std::optional<double>& value) {
  if (!value) return "-";
  char text[40];
  if (std::abs(*value) < 1e15 && std::floor(*value) == *value)
    std::snprintf(text, sizeof text, "%.0f", *value);
  else
    std::snprintf(text, sizeof text, "%.6g", *value);
  return text;
}

const char* kind_text(CounterValue::Kind kind) {
  switch (kind) {
    case CounterValue::Kind::rate:
      return "rate";
    case CounterValue::Kind::sum:
      return "sum";
    case CounterValue::Kind::histogram:
      return "histogram";
    default:
      return "level";
  }
}

std::string unit_text(const CounterValue& value) {
  if (value.kind != CounterValue::Kind::rate) return value.unit;
  if (value.interval <= 0) return value.unit;
  // .NET Core 3.1 sends some values twice, the second after a few milliseconds: a rate is never for zero seconds.
  char text[40];
  std::snprintf(text, sizeof text, value.interval < 0.5 ? "%.1g" : "%.0f", value.interval);
  const std::string seconds = text;
  return value.unit + "/" + (seconds == "1" ? "" : seconds) + "s";
}

class Table : public CountersReport {
 public:
  Table(bool in_place, std::ostream& out) : in_place_(in_place), out_(out) {}

  void add(const CounterValue& value) override { newest_[{value.source, value.name, value.tags}] = value; }

  void show() override {
    if (in_place_) out_ << "\x1B[H\x1B[2J";  // the cursor to the first place, and all empty
    std::vector<std::vector<std::string>> rows = {{"COUNTER", "VALUE", "UNIT", "TAGS"}};
    std::string source;
    for (const auto& [key, value] : newest_) {
      if (value.source != source) rows.push_back({printable(value.source), "", "", ""});
      source = value.source;
      const std::string tags = value.tags + (value.quantiles.empty() ? "" : " " + value.quantiles);
      rows.push_back(
          {"  " + printable(value.name), number_text(value.value), printable(unit_text(value)), printable(tags)});
    }
    out_ << table(rows, {false, true, false, false}) << std::flush;
  }

 private:
  bool in_place_;
  std::ostream& out_;
  std::map<std::tuple<std::string, std::string, std::string>, CounterValue> newest_;
};

/// RFC 4180: quotes around what needs them.
std::string csv_text(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char character : text)
    quoted += character == '"' ? std::string("\"\"") : std::string(1, character);
  return quoted + '"';
}

std::string seconds_text(double when) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f", when);
  return text;
}

class Csv : public CountersReport {
 public:
  explicit Csv(std::ostream& out) : out_(out) { out_ << "seconds,source,counter,tags,kind,value,unit\n"; }

  void add(const CounterValue& value) override {
    out_ << seconds_text(value.when) << ',' << csv_text(value.source) << ',' << csv_text(value.name) << ','
         << csv_text(value.tags) << ',' << kind_text(value.kind) << ',' << (value.value ? number_text(value.value) : "")
         << ',' << csv_text(unit_text(value)) << '\n';
  }
  void show() override { out_ << std::flush; }

 private:
  std::ostream& out_;
};

class JsonLines : public CountersReport {
 public:
  explicit JsonLines(std::ostream& out) : out_(out) {}

  void add(const CounterValue& value) override {
    JsonObject object;
    object.raw("seconds", seconds_text(value.when)).text("source", value.source).text("counter", value.name);
    object.text("tags", value.tags).text("kind", kind_text(value.kind)).text("unit", unit_text(value));
    if (value.value)
      object.number("value", *value.value);
    else
      object.raw("value", "null");
    if (!value.quantiles.empty()) object.text("quantiles", value.quantiles);
    out_ << object.str() << '\n';
  }
  void show() override { out_ << std::flush; }

 private:
  std::ostream& out_;
};

}  // namespace

std::unique_ptr<CountersReport> CountersReport::make(const std::string& format, bool in_place, std::ostream& out) {
  if (format == "csv") return std::make_unique<Csv>(out);
  if (format == "jsonl") return std::make_unique<JsonLines>(out);
  return std::make_unique<Table>(in_place, out);
}

}  // namespace dotdiag::collect
