#include "tests/e2e/recorded_metrics.hpp"

#include "core/document/json.hpp"
#include "tests/support/object_examples.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <iomanip>
#include <sstream>

namespace dotdiag::test {
namespace {

bool is_ours(const std::string& line) {
  return line.starts_with("dotdiag_webhook_") || line.find(".dotdiag.io\"") != std::string::npos;
}

/// `name{a="b"}` with more labels.
std::string with_labels(std::string series, const std::string& labels) {
  if (labels.empty()) return series;
  if (!series.ends_with('}')) return series + "{" + labels + "}";
  return series.insert(series.size() - 1, "," + labels);
}

/// promtool reads no exponents where it expects a plus sign next.
std::string plain_number(const std::string& text) {
  std::ostringstream plain;
  plain << std::fixed << std::setprecision(6) << std::stod(text);
  return plain.str();
}

}  // namespace

void RecordedMetrics::add(const std::string& text, const std::string& labels) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t blank = line.rfind(' ');
    if (!line.starts_with('#') && blank != std::string::npos && is_ours(line))
      series_[with_labels(line.substr(0, blank), labels)][moments_] = plain_number(line.substr(blank + 1));
  }
}

std::string RecordedMetrics::values_of(const std::map<int, std::string>& moments) const {
  std::string values;
  for (int moment = 1; moment <= moments_; ++moment) {
    const auto found = moments.find(moment);
    values += found == moments.end() ? "_x30 " : found->second + "+0x29 ";
  }
  return values;
}

bool RecordedMetrics::fires(const std::string& alert, int moment, const std::string& until_its_end) const {
  Json input = Json::array();
  for (const auto& [series, moments] : series_)
    input.push_back({{"series", series}, {"values", values_of(moments)}});
  const std::string firing = "ALERTS{alertname=\"" + alert + "\",alertstate=\"firing\"}";
  const Json look = {{"expr", "count(count_over_time(" + firing + "[" + until_its_end + "])) > bool 0"},
                     {"eval_time", std::to_string(30 * moment - 1) + "m"},
                     {"exp_samples", Json::array({{{"labels", "{}"}, {"value", 1}}})}};
  const Json tests = {
      {"rule_files", {"rules.yaml"}},
      {"evaluation_interval", "1m"},
      {"tests",
       Json::array({{{"interval", "1m"}, {"input_series", input}, {"promql_expr_test", Json::array({look})}}})}};
  const Json rule = read_yaml(source_path("manifests/components/monitoring/prometheusrule.yaml"));
  const TemporaryDirectory directory;
  directory.write("rules.yaml", Json{{"groups", rule.at("spec").at("groups")}}.dump());
  directory.write("tests.yaml", tests.dump());
  const ProcessResult result =
      run_process({"promtool", "test", "rules", "tests.yaml"}, {.directory = directory.path().string()});
  if (result.exit_code != 0 && result.out.find("got:") == std::string::npos &&
      result.err.find("got:") == std::string::npos)
    throw std::runtime_error("promtool: " + result.out + result.err);
  return result.exit_code == 0;
}

}  // namespace dotdiag::test
