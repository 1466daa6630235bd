// The certificate's life in a real cluster: made, renewed, interrupted, while Deployments are created.
#include "tests/e2e/live_installation.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/examples.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// The steps that a run reported, with blanks between them.
std::string steps_of(const ProcessResult& result) {
  const std::string key = R"("step":")";
  std::string steps;
  for (std::size_t at = result.err.find(key); at != std::string::npos; at = result.err.find(key, at + 1)) {
    const std::size_t begin = at + key.size();
    steps += (steps.empty() ? "" : " ") + result.err.substr(begin, result.err.find('"', begin) - begin);
  }
  return steps;
}

/// Options for the n-th certificate of a test: the one before it is always due.
std::vector<std::string> generation(int number) {
  const int days = 30 * number;
  return {"--days", std::to_string(days), "--renew-before", std::to_string(days - 10)};
}

/// A base64 text without line breaks, by a program that is not ours.
std::string base64(const std::string& text) {
  return run_process({"base64", "-w0"}, {.input = text}).out;
}

/// Counters of what must never happen: the API server went on without the webhook, or refused because of it.
double faults() {
  return api_server_counter("apiserver_admission_webhook_fail_open_count") +
         api_server_counter("apiserver_admission_webhook_rejection_count");
}

}  // namespace

TEST_CASE("bootstrap makes and renews the certificate while Deployments are created, and none of them notices") {
  LiveInstallation installation;
  CHECK(installation.secret("tls.crt") == "");

  ProcessResult made = installation.bootstrap(generation(1));
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  CHECK(steps_of(made) == "prepare trust promote done");
  CHECK(made.err.find("PRIVATE") == std::string::npos);
  CHECK(installation.secret("next.tls.key") == "");
  CHECK(installation.bundles() == std::vector<std::string>(2, installation.secret("ca.crt")));

  CHECK(steps_of(installation.bootstrap(generation(1))) == "done");

  installation.start_replicas(milliseconds(1500));
  const std::string name_space = plane().new_namespace();
  REQUIRE(eventually([&] { return steps_of(installation.bootstrap(generation(1))) == "done"; }));
  const double before = faults();
  Load load(name_space);

  SECTION("a certificate that is about to end") {
    const std::string first = installation.secret("tls.crt");
    const ProcessResult renewed = installation.bootstrap(generation(2));
    INFO(renewed.err);
    CHECK(renewed.exit_code == 0);
    CHECK(steps_of(renewed).starts_with("prepare trust settle promote "));
    CHECK(installation.secret("tls.crt") != first);
  }
  SECTION("a CA that is about to end, before its certificate") {
    const TemporaryDirectory directory;
    const auto openssl = [&](std::vector<std::string> arguments) {
      arguments.insert(arguments.begin(), "openssl");
      const ProcessResult result = run_process(arguments, {.directory = directory.path().string()});
      if (result.exit_code != 0) throw std::runtime_error(result.err);
    };
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "5", "-subj",
             "/CN=dotdiag-webhook CA", "-keyout", "ca.key", "-out", "ca.crt"});
    openssl({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=dotdiag-webhook",
             "-keyout", "tls.key", "-out", "tls.csr"});
    directory.write("names", "subjectAltName=DNS:dotdiag-webhook.dotdiag-system.svc\n");
    openssl({"x509", "-req", "-in", "tls.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "700",
             "-extfile", "names", "-out", "tls.crt"});
    // As a run would have prepared it that somebody killed then.
    Json data;
    for (const char* file : {"ca.crt", "tls.crt", "tls.key"})
      data[std::string("next.") + file] = base64(read_text(directory / file));
    plane().kubectl_out({"patch", "secret", "dotdiag-webhook-tls", "--namespace", LiveInstallation::name_space,
                         "--patch", Json{{"data", data}}.dump()});
    const ProcessResult renewed = installation.bootstrap(generation(2));
    INFO(renewed.err);
    CHECK(renewed.exit_code == 0);
    CHECK(steps_of(renewed).starts_with("trust settle promote prepare trust settle promote "));
  }
  SECTION("three at a time") {
    std::vector<std::unique_ptr<Process>> runs;
    for (int i = 0; i < 3; ++i)
      runs.push_back(installation.start_bootstrap(generation(2)));
    std::string all;
    for (const auto& run : runs) {
      REQUIRE(run->wait(seconds(120)));
      CHECK(run->result().exit_code == 0);
      all += run->err();
    }
    INFO(all);
    CHECK(installation.secret("next.tls.crt") == "");
  }
  SECTION("killed at twenty moments, and started again") {
    std::mt19937 random(12);
    int unfinished = 0;
    for (int number = 2; number < 22; ++number) {
      const auto run = installation.start_bootstrap(generation(number));
      unfinished += run->wait(milliseconds(random() % 2500)) ? 0 : 1;
      run->signal(SIGKILL);
      run->wait(seconds(5));
    }
    CHECK(unfinished > 5);
    CHECK(installation.bootstrap(generation(22)).exit_code == 0);
  }

  // The replicas get the certificate, and then nothing else is trusted any more.
  CHECK(eventually([&] {
    return installation.bootstrap(generation(1)).exit_code == 0 &&
           installation.bundles() == std::vector<std::string>(2, installation.secret("ca.crt"));
  }));
  std::this_thread::sleep_for(seconds(2));
  load.stop();
  CHECK(load.created() > 40);
  CHECK(load.failed() == 0);
  CHECK(load.unmutated() == 0);
  CHECK(faults() == before);
}

TEST_CASE("bootstrap names the right that it lacks") {
  struct Case {
    const char* kind;
    const char* resource;
    const char* verb;
    const char* said;
  };
  const Case cases[] = {
      {"role", "secrets", "get", "grant `get` of secrets/dotdiag-webhook-tls in dotdiag-system"},
      {"role", "secrets", "update", "grant `update` of secrets/dotdiag-webhook-tls in dotdiag-system"},
      {"role", "endpointslices", "list", "grant `list` of endpointslices in dotdiag-system"},
      {"clusterrole", "mutatingwebhookconfigurations", "get",
       "grant `get` of mutatingwebhookconfigurations/dotdiag-webhook"},
      {"clusterrole", "mutatingwebhookconfigurations", "patch",
       "grant `patch` of mutatingwebhookconfigurations/dotdiag-webhook"},
  };
  const LiveInstallation installation;
  for (const Case& c : cases) {
    CAPTURE(c.said);
    plane().kubectl_out({"delete", "secret", "dotdiag-webhook-tls", "--namespace", LiveInstallation::name_space});
    plane().kubectl_out(
        {"create", "secret", "generic", "dotdiag-webhook-tls", "--namespace", LiveInstallation::name_space});
    const std::vector<std::string> which = {c.kind, "dotdiag-webhook-bootstrap", "--namespace",
                                            LiveInstallation::name_space};
    const Json whole = plane().get(which);
    Json less = whole;
    for (Json& rule : less.at("rules"))
      if (rule.at("resources").at(0) == c.resource) std::erase(rule.at("verbs").get_ref<Json::array_t&>(), c.verb);
    std::erase_if(less.at("rules").get_ref<Json::array_t&>(),
                  [](const Json& rule) { return rule.at("verbs").empty(); });
    plane().kubectl_out({"replace", "--filename", "-"}, less.dump());
    ProcessResult result;
    // The API server's authorizer reads the roles a moment later.
    CHECK(eventually([&] {
      result = installation.bootstrap();
      return result.err.find(c.said) != std::string::npos;
    }));
    CHECK(result.exit_code == 2);
    Json again = whole;
    again.at("metadata").erase("resourceVersion");
    plane().kubectl_out({"replace", "--filename", "-"}, again.dump());
  }
  CHECK(eventually([&] { return installation.bootstrap().exit_code == 0; }));
}

TEST_CASE("bootstrap leaves alone what cert-manager keeps") {
  const LiveInstallation installation;
  plane().kubectl_out({"annotate", "secret", "dotdiag-webhook-tls", "--namespace", LiveInstallation::name_space,
                       "cert-manager.io/certificate-name=dotdiag-webhook"});
  const ProcessResult result = installation.bootstrap();
  CHECK(result.exit_code == 2);
  CHECK(result.err.find("is kept by cert-manager") != std::string::npos);
  CHECK(installation.secret("tls.crt") == "");
}
