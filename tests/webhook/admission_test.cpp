// What the webhook answers to one review: recorded requests, the published recipes, and what is wrong with a request.
#include "webhook/admission.hpp"

#include "core/document/workload.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/windows.hpp"
#include "core/policy/words.hpp"
#include "tests/support/examples.hpp"
#include "tests/support/only_adds.hpp"
#include "tests/support/recorded_reviews.hpp"
#include "tests/support/review.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

std::vector<std::filesystem::path> recorded_reviews() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(testdata("admission"))) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Sets dotdiag.io/inject on the object itself or on its pod template; false where there is no such place.
bool annotate(Json& review, bool on_template, const std::string& value) {
  Json& object = review["request"]["object"];
  if (!object.is_object()) return false;
  const auto workload = as_workload(object);
  if (on_template && !workload) return false;
  const Pointer metadata = on_template ? workload->pod_metadata : Pointer{} / "metadata";
  if (!can_hold(object, metadata / "annotations" / annotation::inject)) return false;
  dotdiag::apply(object, set_member(object, metadata / "annotations" / annotation::inject, value));
  return true;
}

bool is_owned(const Json& object) {
  for (const Json& owner : object.at("metadata").value("ownerReferences", Json::array())) {
    if (owner.value("controller", false)) return true;
  }
  return false;
}

/// Requests that must be left alone whatever their objects ask for.
bool must_be_left_alone(const Json& request) {
  const auto operation = request.at("operation").get<std::string>();
  if (operation == "DELETE" || operation == "CONNECT" || request.contains("subResource")) return true;
  const Json& object = request.at("object");
  const auto kind = object.value("kind", "");
  if ((kind == "ReplicaSet" || kind == "Job") && is_owned(object)) return true;
  return operation == "UPDATE" && (kind == "Job" || kind == "Pod");
}

/// Everything that holds for an answer to any review, and for a second look at its result.
void check_answer(const Json& review, const std::vector<const Policy*>& policies) {
  const Verdict verdict = ask(review);
  REQUIRE(verdict.fault == "");
  const Json& request = review.at("request");
  if (must_be_left_alone(request)) {
    CHECK(verdict.patch.is_null());
    return;
  }
  const auto workload = as_workload(verdict.object);
  if (!workload || is_windows(PodView(verdict.object, *workload))) {
    CHECK(verdict.patch.is_null());
    return;
  }
  REQUIRE_FALSE(verdict.patch.is_null());
  CHECK(only_adds(request.at("object"), verdict.object));
  Json copy = verdict.object;
  CHECK(evaluate(policies, copy, *workload, {}).unmet.empty());

  Json again = review;
  again["request"]["object"] = verdict.object;
  CHECK(ask(again).patch.is_null());
  CHECK(ask(again).fault == "");
}

}  // namespace

TEST_CASE("an annotation is seen however its letters are written") {
  const auto [key, result] = GENERATE(table<std::string, std::string>({
      {R"(dotdiag.io/inject)", "mutated"},
      {R"(dotdiag.io\/inject)", "mutated"},
      {R"(\u0064otdiag.io/inject)", "mutated"},
      {R"(other.example/inject)", "unchanged"},
  }));
  CAPTURE(key);
  const std::string text = with_behind(plain_review(), R"("annotations":{)", "\"" + key + R"(":"true",)");
  CHECK(answer_review(text, {}).result == result);
}

TEST_CASE("each recorded request, opted in, gets the answer that the API server takes and that makes it diagnosable") {
  const PolicySet& policies = PolicySet::builtin();
  const std::string inject = GENERATE("dotnet-dump", "dotnet-monitor", "dotnet-dump,dotnet-monitor");
  const bool on_template = GENERATE(false, true);
  std::vector<const Policy*> asked;
  for (const auto name : split(inject, ','))
    asked.push_back(policies.find(name));
  for (const auto& file : recorded_reviews()) {
    Json review = Json::parse(read_text(file));
    if (!annotate(review, on_template, inject)) {
      CHECK(ask(review).patch.is_null());
      continue;
    }
    INFO(file.filename() << ", " << inject << (on_template ? " on the template" : " on the object"));
    check_answer(review, asked);
  }
}

TEST_CASE("each recorded request as it was recorded is allowed and left alone") {
  for (const auto& file : recorded_reviews()) {
    INFO(file.filename());
    const Verdict verdict = ask(Json::parse(read_text(file)));
    CHECK(verdict.fault == "");
    CHECK(verdict.patch.is_null());
  }
}

TEST_CASE("a v1beta1 review is answered as v1beta1") {
  Json review = Json::parse(read_text(testdata("admission") / "87-v1beta1-deploy--CREATE-deployments.json"));
  CHECK(review.at("apiVersion") == "admission.k8s.io/v1beta1");
  REQUIRE(annotate(review, false, "true"));
  const Json reply = Json::parse(answer_review(review.dump(), {}).body);
  CHECK(reply.at("apiVersion") == "admission.k8s.io/v1beta1");
  CHECK(reply.at("response").contains("patch"));
}

namespace {

Json deployment(Json annotations, Json pod_spec) {
  return Json{{"apiVersion", "apps/v1"},
              {"kind", "Deployment"},
              {"metadata", {{"name", "web"}, {"annotations", std::move(annotations)}}},
              {"spec", {{"template", {{"spec", std::move(pod_spec)}}}}}};
}

Json one_container() {
  return {{"containers", Json::array({{{"name", "app"}, {"image", "registry.example.com/shop/web:1.4.2"}}})}};
}

}  // namespace

TEST_CASE("a bare deployment that asks for dotnet-dump comes out as the published recipe has it") {
  const Verdict verdict = ask(make_review(deployment({{"dotdiag.io/inject", "true"}}, one_container())));
  REQUIRE(verdict.fault == "");
  const Json spec = verdict.object["spec"]["template"]["spec"];
  CHECK(spec == Json::parse(R"({
    "containers": [{
      "name": "app",
      "image": "registry.example.com/shop/web:1.4.2",
      "securityContext": {"capabilities": {"add": ["SYS_PTRACE"]}},
      "volumeMounts": [{"name": "cache-volume", "mountPath": "/tmp"}],
      "env": [
        {"name": "COMPlus_EnableDiagnostic", "value": "1"},
        {"name": "DOTNET_EnableDiagnostics", "value": "1"},
        {"name": "TMPDIR", "value": "/tmp"}
      ]
    }],
    "shareProcessNamespace": true,
    "volumes": [{"name": "cache-volume", "emptyDir": {"sizeLimit": "500Mi"}}]
  })"));
  const Json& annotations = verdict.object["metadata"]["annotations"];
  CHECK(
      annotations["dotdiag.io/status"] ==
      R"({"policies":["dotnet-dump"],"containers":["app"],"volumes":[{"container":"app","name":"cache-volume","path":"/tmp"}]})");
  CHECK(verdict.object["spec"]["template"]["metadata"]["annotations"]["dotdiag.io/injected"] == "dotnet-dump");
  CHECK(verdict.response["auditAnnotations"] == Json({{"policy", "dotnet-dump"}, {"result", "mutated"}}));
}

TEST_CASE("a bare deployment that asks for dotnet-monitor gets the port and the volume") {
  const Verdict verdict = ask(make_review(deployment({{"dotdiag.io/inject", "dotnet-monitor"}}, one_container())));
  const Json spec = verdict.object["spec"]["template"]["spec"];
  CHECK(spec["containers"][0]["env"][0] ==
        Json({{"name", "DOTNET_DiagnosticPorts"}, {"value", "/diag/dotnet-monitor.sock,nosuspend"}}));
  CHECK(spec["containers"][0]["volumeMounts"] == Json::parse(R"([{"name": "diagvol", "mountPath": "/diag"}])"));
  CHECK(spec["volumes"] == Json::parse(R"([{"name": "diagvol", "emptyDir": {"sizeLimit": "500Mi"}}])"));
  CHECK_FALSE(spec.contains("shareProcessNamespace"));
}

TEST_CASE("what true means is the caller's choice") {
  AdmissionSettings settings;
  settings.true_means = "dotnet-dump-restricted";
  const Verdict verdict = ask(make_review(deployment({{"dotdiag.io/inject", "true"}}, one_container())), settings);
  CHECK_FALSE(verdict.object["spec"]["template"]["spec"]["containers"][0].contains("securityContext"));
  CHECK(verdict.object["spec"]["template"]["metadata"]["annotations"]["dotdiag.io/injected"] ==
        "dotnet-dump-restricted");
}

TEST_CASE("nothing is mutated in the namespaces of Kubernetes and in the webhook's own") {
  AdmissionSettings settings;
  settings.own_namespace = "dotdiag";
  Json review = make_review(deployment({{"dotdiag.io/inject", "true"}}, one_container()));
  for (const char* name_space : {"kube-system", "kube-public", "kube-node-lease", "dotdiag"}) {
    review["request"]["namespace"] = name_space;
    CHECK(ask(review, settings).patch.is_null());
  }
  review["request"]["namespace"] = "shop";
  CHECK_FALSE(ask(review, settings).patch.is_null());
}

TEST_CASE("an update is mutated only when the pod template or the opt-in changed") {
  const Json plain = deployment({{"dotdiag.io/inject", "true"}}, one_container());
  const auto patched = [](const Json& object, const Json& old_object) {
    const Verdict verdict = ask(make_review(object, "UPDATE", old_object));
    REQUIRE(verdict.fault == "");
    return !verdict.patch.is_null();
  };
  CHECK_FALSE(patched(plain, plain));

  Json labelled = plain;
  labelled["metadata"]["labels"]["team"] = "shop";
  labelled["spec"]["replicas"] = 3;
  CHECK_FALSE(patched(labelled, plain));

  Json restarted = plain;
  restarted["spec"]["template"]["metadata"]["annotations"]["kubectl.kubernetes.io/restartedAt"] =
      "2026-11-21T21:51:40Z";
  CHECK(patched(restarted, plain));

  Json without = plain;
  without["metadata"]["annotations"].erase("dotdiag.io/inject");
  CHECK(patched(plain, without));
  CHECK_FALSE(patched(without, plain));
}

TEST_CASE("what a person has to know comes back as short warnings with the rule's id last") {
  struct Row {
    Json annotations;
    Json changes;  // merged into the pod's spec
    std::vector<std::string> warnings;
  };
  const auto row = GENERATE(values<Row>({
      {{{"dotdiag.io/inject", "everything"}},
       nullptr,
       {"dotdiag: dotdiag.io/inject: `everything` is not true, false or a policy: nothing was injected "
        "[annotation-invalid]"}},
      {{{"dotdiag.io/inject", "a\x01\x7F\xC2\x85z"}},  // control characters, which no header can carry
       nullptr,
       {"dotdiag: dotdiag.io/inject: `a   z` is not true, false or a policy: nothing was injected "
        "[annotation-invalid]"}},
      {{{"dotdiag.io/inject", "true"}},
       {{"shareProcessNamespace", false}},
       {"dotdiag: shareProcessNamespace is false: set shareProcessNamespace to true [share-process-namespace]"}},
      {{{"dotdiag.io/inject", "true"}},
       {{"nodeSelector", {{"kubernetes.io/os", "windows"}}}},
       {"dotdiag: this is a Windows pod, to which none of this applies: nothing was injected [not-injected]"}},
      {{{"dotdiag.io/inject", "true"}},
       {{"volumes", "none"}},
       {"dotdiag: volumes is not a list of objects: nothing was injected [not-injected]"}},
  }));
  Json object = deployment(row.annotations, one_container());
  if (row.changes.is_object()) object["spec"]["template"]["spec"].update(row.changes);
  const Verdict verdict = ask(make_review(object));
  REQUIRE(verdict.fault == "");
  CHECK(verdict.response.value("warnings", Json::array()) == Json(row.warnings));
}

TEST_CASE("what is no review is refused with the place or the reason") {
  const std::string deep = std::string(200, '[') + std::string(200, ']');
  const auto [body, status, reason] = GENERATE_COPY(table<std::string, unsigned, const char*>({
      {"", 400, "request"},
      {"{", 400, "request:1:"},
      {"[]", 400, "not an AdmissionReview"},
      {"null", 400, "not an AdmissionReview"},
      {R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v2"})", 400, "not an AdmissionReview"},
      {R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"})", 400, "has no request"},
      {R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"operation":"CREATE"}})", 400,
       "request.uid is missing"},
      {R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":7,"operation":"CREATE"}})", 400,
       "request.uid is missing"},
      {R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"a"}})", 400,
       "request.operation is missing"},
      {"{\"kind\":\"\xff\"}", 400, "request:1:"},
      {deep, 400, "request:1:"},
  }));
  INFO(body);
  const AdmissionAnswer answer = answer_review(body, {});
  CHECK(answer.status == status);
  CHECK(answer.content_type == "text/plain; charset=utf-8");
  CHECK_THAT(answer.body, Catch::Contains(reason));
}

TEST_CASE("an object that nests 64 levels deep is answered like any other") {
  Json object = deployment({{"dotdiag.io/inject", "true"}}, one_container());
  Json deep = 1;
  for (int level = 0; level < 64; ++level)
    deep = Json::object({{"a", std::move(deep)}});
  object["spec"]["extra"] = std::move(deep);
  CHECK_FALSE(ask(make_review(object)).patch.is_null());
}

TEST_CASE("a body of 12 MB is answered") {
  Json object = deployment({{"dotdiag.io/inject", "true"}}, one_container());
  object["metadata"]["annotations"]["example.com/big"] = std::string(2'000'000, '<');
  std::string body = make_review(object, "CREATE").dump();
  std::string escaped;
  for (const char byte : body)
    escaped += byte == '<' ? std::string("\\u003c") : std::string(1, byte);
  REQUIRE(escaped.size() > 12'000'000);
  const AdmissionAnswer answer = answer_review(escaped, {});
  CHECK(answer.status == 200);
  CHECK(answer.result == "mutated");
}

}  // namespace dotdiag::test
