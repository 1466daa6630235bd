// Replicas that come and go, and replicas in trouble: whoever applies something must not notice.
#include "tests/e2e/live_installation.hpp"
#include "tests/e2e/recorded_metrics.hpp"
#include "tests/e2e/workloads.hpp"
#include "tests/support/eventually.hpp"

#include <catch2/catch.hpp>
#include <optional>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Two replicas that serve, trusted by the API server.
void make_ready(LiveInstallation& installation) {
  REQUIRE(installation.bootstrap().exit_code == 0);
  installation.start_replicas(milliseconds(0));
  const std::string name_space = plane().new_namespace();
  const Json probe = deployment("probe");
  const ApiCall dry_run{"POST", collection_path(probe, name_space) + "?dryRun=All", probe.dump()};
  REQUIRE(eventually([&] {
    const ApiReply reply = plane().api().call(dry_run);
    return reply.accepted() && reply.body.at("metadata").at("annotations").contains("dotdiag.io/status");
  }));
}

double fail_open() {
  return api_server_counter("apiserver_admission_webhook_fail_open_count");
}

/// A server with the webhook's certificate that answers every review with 500.
constexpr const char* broken_server = R"(
import http.server, ssl, sys
class Broken(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(500)
        self.send_header("Content-Length", "0")
        self.end_headers()
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Broken)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
)";

class BrokenServer {
 public:
  explicit BrokenServer(const LiveInstallation& installation)
      : process_({"setpriv", "--pdeathsig", "KILL", std::string(system_python), "-c", broken_server,
                  directory_.write("tls.crt", installation.secret("tls.crt")),
                  directory_.write("tls.key", installation.secret("tls.key"))}) {
    eventually([&] { return process_.out().ends_with('\n'); });
  }
  std::uint16_t port() const { return static_cast<std::uint16_t>(std::stoi(process_.out())); }

 private:
  TemporaryDirectory directory_;
  Process process_;
};

}  // namespace

TEST_CASE("replicas are restarted one after the other, and every Deployment created meanwhile is prepared") {
  LiveInstallation installation;
  make_ready(installation);
  const double before = fail_open();
  Load load(plane().new_namespace());
  for (int round = 0; round < 3; ++round) {
    for (const std::size_t number : {0U, 1U}) {
      std::thread stopping([&] { installation.replica(number).stop(); });
      std::this_thread::sleep_for(milliseconds(300));  // the Service learns of it a moment later than the pod
      installation.balancer().set({installation.replica(1 - number).port()});
      stopping.join();
      installation.replica(number).start();
      installation.balance();
    }
  }
  load.stop();
  CHECK(load.created() > 40);
  CHECK(load.failed() == 0);
  CHECK(load.unmutated() == 0);
  CHECK(fail_open() == before);
}

TEST_CASE("a webhook that is killed, hangs or answers 500 delays nobody for longer than its time limit") {
  LiveInstallation installation(3);  // as in the manifests
  make_ready(installation);
  std::optional<BrokenServer> broken;
  struct Case {
    const char* what;
    std::function<void()> begin;
    std::function<void()> end;
    seconds longest;
  };
  const auto both = [&](auto act) {
    for (const std::size_t number : {0U, 1U})
      act(installation.replica(number));
  };
  const Case cases[] = {
      {"killed", [&] { both([](Replica& one) { one.kill(); }); }, [&] { both([](Replica& one) { one.start(); }); },
       seconds(5)},
      // Two entries may ask, one after the other, and are asked again.
      {"hung", [&] { both([](Replica& one) { one.signal(SIGSTOP); }); },
       [&] { both([](Replica& one) { one.signal(SIGCONT); }); }, seconds(12)},
      {"answers 500",
       [&] {
         installation.balancer().set({broken.emplace(installation).port()});
         both([](Replica& one) { one.kill(); });
       },
       [&] {
         broken.reset();
         both([](Replica& one) { one.start(); });
       },
       seconds(5)},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    const std::string name_space = plane().new_namespace();
    const auto apply = [&](const std::string& name) {
      const Json object = deployment(name);
      return plane().api().call({"POST", collection_path(object, name_space), object.dump()});
    };
    const double before = fail_open();
    RecordedMetrics recorded;
    recorded.next_moment();
    recorded.add(api_server_metrics());
    both([&](const Replica& one) { recorded.add(one.metrics(), "pod=\"" + std::to_string(one.port()) + "\""); });
    c.begin();
    const auto began = Clock::now();
    const ApiReply reply = apply("during");
    CHECK(Clock::now() - began < c.longest);
    CHECK(reply.accepted());
    CHECK(reply.body.at("metadata").at("annotations").contains("dotdiag.io/status") == false);
    CHECK(fail_open() > before);
    recorded.next_moment();  // in which no replica answers Prometheus either
    recorded.add(api_server_metrics());
    for (const char* alert : {"DotdiagFailsOpen", "DotdiagDown"}) {
      CAPTURE(alert);
      CHECK(!recorded.fired_at_first(alert));
      CHECK(recorded.fires(alert));
    }
    c.end();
    installation.balance();
    int number = 0;
    CHECK(eventually([&] {
      const ApiReply after = apply("after-" + std::to_string(++number));
      return after.accepted() && after.body.at("metadata").at("annotations").contains("dotdiag.io/status");
    }));
  }
}
