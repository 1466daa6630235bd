#include "core/ephemeral/dump_advice.hpp"

#include "core/document/workload.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

DumpAdvice advice_for(const std::string& limits, const std::string& empty_dir, std::string_view volume = "tmp") {
  const Json pod = Json::parse(R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web-0"}, "spec": {
    "containers": [{"name": "app", "resources": {"limits": )" +
                               limits + R"(}}], "volumes": [{"name": "tmp", "emptyDir": )" + empty_dir + "}]}}");
  const Workload workload = *as_workload(pod);
  const PodView view(pod, workload);
  return advise_dump(view, view.containers().front(), volume);
}

std::string text_of(const DumpAdvice& advice) {
  std::string text;
  for (const std::string& remark : advice.remarks)
    text += remark + " ";
  return text;
}

}  // namespace

TEST_CASE("the type of the dump follows from the room and the memory") {
  struct Example {
    const char* limits;
    const char* empty_dir;
    const char* type;
    const char* remark;
  };
  const auto example = GENERATE(values<Example>({
      {R"({"memory": "1Gi"})", R"({"sizeLimit": "1536Mi"})", "Heap", "even Full fits"},
      {R"({"memory": "1Gi"})", R"({"sizeLimit": "1408Mi"})", "Heap", "even Full fits"},
      {R"({"memory": "1Gi"})", R"({"sizeLimit": "1407Mi"})", "Heap", "Full may not"},
      {R"({"memory": "1Gi"})", R"({"sizeLimit": "1104Mi"})", "Heap", "Full may not"},
      {R"({"memory": "1Gi"})", R"({"sizeLimit": "1103Mi"})", "Mini", "Heap may not fit"},
      {R"({"memory": "64Mi"})", R"({"sizeLimit": "80Mi"})", "Mini", "which is rough"},
      {R"({"memory": "64Mi"})", R"({"sizeLimit": "0"})", "Heap", "no limit but the node's disk"},
      {R"({"memory": "1Gi"})", R"({"sizeLimit": "500Mi"})", "Mini", "would be evicted"},
      {R"({"memory": "1Gi"})", "{}", "Heap", "no limit but the node's disk"},
      {"{}", R"({"sizeLimit": "500Mi"})", "Heap", "no memory limit"},
      {"{}", "{}", "Heap", "no memory limit"},
      {R"({"memory": "1Gi"})", R"({"medium": "Memory", "sizeLimit": "8Gi"})", "Mini", "is memory"},
      {R"({"memory": "1Gi", "ephemeral-storage": "700Mi"})", R"({"sizeLimit": "4Gi"})", "Mini", "ephemeral storage"},
      {R"({"memory": "lots"})", R"({"sizeLimit": "much"})", "Heap", "no memory limit"},
      {R"({"memory": 0})", "{}", "Heap", "no memory limit"},
      {R"({"memory": "7Ei"})", R"({"sizeLimit": "1"})", "Mini", "would be evicted"},
  }));
  CAPTURE(example.limits, example.empty_dir);
  const DumpAdvice advice = advice_for(example.limits, example.empty_dir);
  CHECK(advice.type == example.type);
  CHECK_THAT(text_of(advice), Catch::Contains(example.remark));
}

TEST_CASE("without a volume the container's own file system is the room") {
  CHECK_THAT(text_of(advice_for(R"({"memory": "1Gi"})", "{}", "")), Catch::Contains("file system of `app`"));
}

}  // namespace dotdiag::test
