// dotdiag-webhook as a user runs it.
#include "tests/support/eventually.hpp"
#include "tests/webhook/running_server.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace dotdiag::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

ProcessResult webhook(std::vector<std::string> arguments, const ProcessOptions& options = {}) {
  arguments.insert(arguments.begin(), DOTDIAG_WEBHOOK);
  return run_process(arguments, options);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// `dotdiag-webhook serve` on a free port. `launcher` is put before its command line.
class Served {
 public:
  explicit Served(const TemporaryDirectory& directory, const std::vector<std::string>& more = {},
                  const std::vector<std::string>& launcher = {})
      : process_(arguments(directory, more, launcher)), ca_(directory / "ca.crt") {
    const auto deadline = std::chrono::steady_clock::now() + seconds(30);
    while (!contains(process_.err(), "listening")) {
      if (process_.wait(milliseconds(10)) || std::chrono::steady_clock::now() > deadline)
        throw std::runtime_error("the server does not listen: " + process_.err());
    }
  }

  Process& process() { return process_; }
  std::uint16_t port() const {
    constexpr std::string_view key = R"("port":")";
    const std::string log = process_.err();
    return static_cast<std::uint16_t>(std::stoi(log.substr(log.find(key) + key.size())));
  }
  TlsClient connect() const { return {port(), ca_}; }

 private:
  static std::vector<std::string> arguments(const TemporaryDirectory& directory, const std::vector<std::string>& more,
                                            const std::vector<std::string>& launcher) {
    std::vector<std::string> result = launcher;
    for (const std::string& word :
         {std::string(DOTDIAG_WEBHOOK), std::string("serve"), std::string("--listen"), std::string("127.0.0.1:0"),
          std::string("--cert"), directory / "tls.crt", std::string("--key"), directory / "tls.key"})
      result.push_back(word);
    result.insert(result.end(), more.begin(), more.end());
    return result;
  }

  Process process_;
  std::string ca_;
};

}  // namespace

TEST_CASE("SIGTERM ends the server with exit code 0 once clients have gone") {
  const TemporaryDirectory directory;
  write_certificates(directory);
  Served served(directory, {"--shutdown-delay", "0"});
  {
    TlsClient client = served.connect();
    CHECK(client.ask(post("/mutate", small_review())).status == 200);
    served.process().signal(SIGTERM);
    CHECK(!served.process().wait(milliseconds(300)));
    CHECK(client.ask(post("/mutate", small_review())).has("connection: close"));
  }
  REQUIRE(served.process().wait(seconds(20)));
  CHECK(served.process().result().exit_code == 0);
  CHECK(contains(served.process().err(), R"("message":"stopped"})"));
}

TEST_CASE("SIGHUP looks for changes and ends nothing") {
  const TemporaryDirectory directory;
  write_certificates(directory);
  Served served(directory, {"--shutdown-delay", "0"});
  TlsClient client = served.connect();
  for (int i = 0; i < 3; ++i) {
    served.process().signal(SIGHUP);
    CHECK(client.ask(post("/mutate", small_review())).status == 200);
  }
  CHECK(!served.process().wait(milliseconds(100)));
  CHECK(contains(served.process().err(), "SIGHUP: looking for changes"));
  CHECK(served.connect().ask(post("/mutate", small_review())).status == 200);
}

TEST_CASE("a second signal ends the server at once") {
  const TemporaryDirectory directory;
  write_certificates(directory);
  Served served(directory);
  const TlsClient idle = served.connect();
  served.process().signal(SIGINT);
  CHECK(!served.process().wait(milliseconds(300)));
  served.process().signal(SIGTERM);
  REQUIRE(served.process().wait(seconds(20)));
  CHECK(served.process().result().exit_code == 0);
}

// Sanitizers keep memory that was freed, and need descriptors of their own to look at an object.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("a server that has run out of descriptors serves again once some are free") {
  const TemporaryDirectory directory;
  write_certificates(directory);
  Served served(directory, {"--shutdown-delay", "0"}, {"sh", "-c", R"(ulimit -n 24; exec "$0" "$@")"});
  std::vector<std::unique_ptr<TcpClient>> silent;
  for (int i = 0; i < 30; ++i)
    silent.push_back(std::make_unique<TcpClient>(served.port()));
  const auto complains = [&] { return contains(served.process().err(), "cannot accept a connection"); };
  CHECK(eventually(complains));
  silent.clear();
  TlsClient client = served.connect();
  CHECK(client.ask(post("/mutate", small_review())).status == 200);
}

namespace {

/// A line of /proc/<pid>/status, in MiB.
long mebibytes(const Process& process, const std::string& name) {
  std::ifstream file("/proc/" + std::to_string(process.pid()) + "/status");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1)) / 1024;
  throw std::runtime_error("no " + name);
}

}  // namespace

TEST_CASE("memory follows what arrives, not what is announced, and is given back") {
  const TemporaryDirectory directory;
  write_certificates(directory);
  Served served(directory, {"--threads", "1"});
  TlsClient client = served.connect();
  CHECK(client.ask(post("/mutate", small_review())).status == 200);
  const long resident = mebibytes(served.process(), "VmRSS");
  const long reserved = mebibytes(served.process(), "VmSize");
  std::vector<std::unique_ptr<TlsClient>> liars;
  for (int i = 0; i < 20; ++i) {
    liars.push_back(std::make_unique<TlsClient>(served.port(), directory / "ca.crt"));
    liars.back()->send(
        "POST /mutate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 16000000\r\n\r\n{");
  }
  CHECK(client.ask(post("/mutate", std::string(12'000'000, ' '))).status == 400);
  CHECK(mebibytes(served.process(), "VmSize") - reserved < 100);
  CHECK(mebibytes(served.process(), "VmRSS") - resident < 10);
}
#endif

TEST_CASE("a server that cannot start says what is wrong and ends with 2") {
  const TemporaryDirectory directory;
  write_certificates(directory);
  const RunningServer other;
  const std::string cert = directory / "tls.crt";
  const std::string key = directory / "tls.key";
  const std::string text = directory.write("text", "no PEM");
  struct Case {
    std::vector<std::string> arguments;
    std::string_view message;
  };
  const Case cases[] = {
      {{"--cert", directory / "none", "--key", key}, "none: "},
      {{"--cert", text, "--key", key}, "text: no usable certificate"},
      {{"--cert", cert, "--key", directory / "none"}, "none: "},
      {{"--cert", cert, "--key", text}, "text: not the unencrypted key of that certificate"},
      {{"--cert", cert, "--key", other.directory() / "tls.key"},
       "tls.key: not the unencrypted key of that certificate"},
      {{"--cert", cert, "--key", key, "--listen", other.address()}, "cannot listen there: Address already in use"},
      {{"--cert", cert, "--key", key, "--listen", "localhost"}, "--listen localhost: not HOST:PORT"},
      {{"--cert", cert, "--key", key, "--listen", "1.2.3:80"}, "not an address"},
      {{"--cert", cert, "--key", key, "--listen", "::1:80"}, "not HOST:PORT"},
      {{"--cert", cert, "--key", key, "--listen", "127.0.0.1:65536"}, "not HOST:PORT"},
      {{"--cert", cert, "--key", key, "--default-policy", "none"}, "choose one of dotnet-dump, "},
      {{"--cert", cert, "--key", key, "--threads", "0"}, "--threads"},
      {{"--cert", cert, "--key", key, "--log-level", "loud"},
       "--log-level loud: not one of debug, info, warning, error"},
      {{"--cert", cert}, "--key: is required: give it, or DOTDIAG_KEY, or `key` in the file"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.message);
    std::vector<std::string> arguments = {"serve"};
    arguments.insert(arguments.end(), c.arguments.begin(), c.arguments.end());
    const ProcessResult result = webhook(arguments);
    CAPTURE(result.err);
    CHECK(result.exit_code == 2);
    CHECK(result.err.starts_with("dotdiag-webhook: "));
    CHECK(contains(result.err, c.message));
  }
}

TEST_CASE("certs writes what serve needs, and a key that only its owner can read") {
  const TemporaryDirectory directory;
  const std::string out = directory / "new/certs";
  const ProcessResult result =
      webhook({"certs", "--out", out, "--dns", "localhost", "--dns", "other", "--ip", "127.0.0.1", "--ca-bundle"});
  CHECK(result.exit_code == 0);
  CHECK(contains(result.out, "wrote " + out + "/tls.key\n"));
  CHECK(contains(result.out, "caBundle: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"));
  struct stat status {};
  REQUIRE(::stat((out + "/tls.key").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600U);
  const ProcessResult verified =
      run_process({"openssl", "verify", "-CAfile", out + "/ca.crt", "-verify_hostname", "other", out + "/tls.crt"});
  CHECK(verified.exit_code == 0);
}

TEST_CASE("certs overwrites only when told to, and leaves no other files") {
  const TemporaryDirectory directory;
  const std::string out = directory.path().string();
  const std::string old = directory.write("tls.key", "precious");
  const ProcessResult refused = webhook({"certs", "--out", out, "--dns", "localhost"});
  CHECK(refused.exit_code == 2);
  CHECK(contains(refused.err, "tls.key: is already there"));
  CHECK(std::distance(std::filesystem::directory_iterator(out), {}) == 1);
  CHECK(webhook({"certs", "--out", out, "--dns", "localhost", "--force"}).exit_code == 0);
  CHECK(std::filesystem::file_size(old) > 100);
  CHECK(std::distance(std::filesystem::directory_iterator(out), {}) == 3);
}

TEST_CASE("review answers a file or standard input as the server would") {
  const TemporaryDirectory directory;
  const std::string file = directory.write("review.json", small_review("offline"));
  const ProcessResult from_file = webhook({"review", file});
  CHECK(from_file.exit_code == 0);
  CHECK(contains(from_file.out, R"("uid":"offline")"));
  CHECK(webhook({"review", "--policy", "dotnet-monitor", "-"}, {.input = small_review("offline")}).out ==
        from_file.out);
  const RunningServer server;
  CHECK(server.tls().ask(post("/mutate", small_review("offline"))).body + "\n" == from_file.out);
}

TEST_CASE("review refuses what is not a review, and policies that do not exist") {
  const ProcessResult result = webhook({"review", "-"}, {.input = "{}"});
  CHECK(result.exit_code == 2);
  CHECK(result.out.empty());
  CHECK(result.err.starts_with("dotdiag-webhook: -: "));
  CHECK(webhook({"review", "/nonesuch"}).exit_code == 2);
  CHECK(contains(webhook({"review", "--policy", "none", "-"}).err, "choose one of"));
}

TEST_CASE("help shows examples and version shows the version") {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"--help"}, {"serve", "--help"}, {"review", "--help"}, {"certs", "--help"}}) {
    const ProcessResult result = webhook(arguments);
    CAPTURE(result.out);
    CHECK(result.exit_code == 0);
    CHECK(contains(result.out, "Examples:\n  dotdiag-webhook "));
  }
  CHECK(webhook({"--version"}).out == "dotdiag-webhook " DOTDIAG_VERSION "\n");
}

TEST_CASE("misuse is told where to look and ends with 2") {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {}, {"nonesuch"}, {"serve", "--nonesuch"}, {"review"}, {"certs", "--out", "x"}}) {
    const ProcessResult result = webhook(arguments);
    CHECK(result.exit_code == 2);
    CHECK(result.err.starts_with("dotdiag-webhook: "));
    CHECK(contains(result.err, "--help\n"));
  }
}

TEST_CASE("bootstrap says which of its settings cannot be used, and asks nobody") {
  const TemporaryDirectory directory;
  const std::string file = directory.write("text", "not a certificate");
  const std::vector<std::string> where = {"--api-server", "https://127.0.0.1:1", "--namespace", "shop", "--ca-file",
                                          file,           "--token-file",        file};
  struct Case {
    std::vector<std::string> arguments;
    const char* said;
  };
  const Case cases[] = {
      {{}, "no usable CA certificate"},
      {{"--ca-file", directory / "missing"}, "missing: cannot be read"},
      {{"--api-server", "http://127.0.0.1:1"},
       "--api-server http://127.0.0.1:1: not an address: give https://HOST:PORT"},
      {{"--api-server", "https://host/path"}, "not an address"},
      {{"--api-server", "https://[::1]:x"}, "--api-server [::1]:x: not HOST:PORT"},
      {{"--namespace", "Shop/x"}, "--namespace Shop/x: not a name"},
      {{"--replica", "10.1.2.3"}, "--replica 10.1.2.3: not HOST:PORT"},
      {{"--replica", "10.1.2.3:99999"}, "--replica 10.1.2.3:99999: not HOST:PORT"},
      {{"--days", "30", "--renew-before", "30"}, "a new certificate would be renewed at once"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.said);
    std::vector<std::string> arguments = {"bootstrap"};
    for (std::size_t i = 0; i < where.size(); i += 2) {  // what the case says itself is left to it
      const bool is_given = !c.arguments.empty() && c.arguments.front() == where[i];
      if (!is_given) arguments.insert(arguments.end(), {where[i], where[i + 1]});
    }
    arguments.insert(arguments.end(), c.arguments.begin(), c.arguments.end());
    const ProcessResult result = webhook(arguments);
    CHECK(result.exit_code == 2);
    CHECK(contains(result.err, c.said));
  }
  CHECK(contains(webhook({"bootstrap"}).err, "this is no pod of Kubernetes"));
}

TEST_CASE("bootstrap gives up in time where the API server does not answer") {
  const TemporaryDirectory directory;
  REQUIRE(webhook({"certs", "--out", directory.path().string(), "--dns", "localhost"}).exit_code == 0);
  const std::string token = directory.write("token", "secret-token\n");
  const ProcessResult result = webhook({"bootstrap", "--namespace", "shop", "--api-server", "https://127.0.0.1:1",
                                        "--ca-file", directory / "ca.crt", "--token-file", token, "--timeout", "2"});
  CHECK(result.exit_code == 1);
  CHECK(contains(result.err, "not done within 2 s: the API server 127.0.0.1:1: "));
  CHECK(!contains(result.err, "secret-token"));
}
