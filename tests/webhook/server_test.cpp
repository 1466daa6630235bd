// The server as clients see it: curl and OpenSSL's own client as witnesses, and a client that misbehaves on purpose.
#include "core/document/error.hpp"
#include "core/document/reader.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/places.hpp"
#include "tests/webhook/running_server.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>
#include <thread>
#include <vector>

using namespace dotdiag;
using namespace dotdiag::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr std::string_view livez = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr std::string_view readyz = "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n";

ProcessResult curl(const RunningServer& server, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"curl", "--silent", "--show-error", "--cacert", server.ca()});
  return run_process(arguments);
}

/// OpenSSL's test client, which ends after the handshake.
ProcessResult s_client(const RunningServer& server, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"openssl", "s_client", "-connect", server.address(), "-CAfile", server.ca()});
  return run_process(arguments);
}

milliseconds time_of(const std::function<void()>& action) {
  const auto start = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace

TEST_CASE("curl gets a thousand reviews answered over one TLS connection") {
  const RunningServer server;
  const std::string review = server.directory().write("review.json", small_review());
  const ProcessResult result = curl(
      server, {"--header", "Content-Type: application/json", "--data-binary", "@" + review, "--output", "/dev/null",
               "--write-out", "%{http_code} %{num_connects}\\n", server.url("/mutate?timeout=10s&n=[1-1000]")});
  REQUIRE(result.exit_code == 0);
  std::istringstream lines(result.out);
  int answered = 0;
  int connections = 0;
  for (int status = 0, opened = 0; lines >> status >> opened; connections += opened)
    answered += status == 200 ? 1 : 0;
  CHECK(answered == 1000);
  CHECK(connections == 1);
}

TEST_CASE("the answer is the review's own, as JSON") {
  const RunningServer server;
  const std::string review = server.directory().write("review.json", small_review("a-uid-of-its-own"));
  const ProcessResult result = curl(server, {"--include", "--header", "Content-Type: application/json", "--data-binary",
                                             "@" + review, server.url("/mutate")});
  CHECK(result.out.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(result.out.find("\r\nContent-Type: application/json\r\n") != std::string::npos);
  CHECK(result.out.find("a-uid-of-its-own") != std::string::npos);
}

TEST_CASE("TLS 1.2 and 1.3 are spoken, older versions and weak ciphers are not") {
  const RunningServer server;
  CHECK(s_client(server, {"-tls1_3", "-verify_return_error"}).exit_code == 0);
  CHECK(s_client(server, {"-tls1_2", "-verify_return_error"}).exit_code == 0);
  CHECK(s_client(server, {"-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"}).err.find("protocol version") !=
        std::string::npos);
  CHECK(s_client(server, {"-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256"}).exit_code != 0);
}

TEST_CASE("TLS 1.2 can be left out") {
  ServerSettings settings = quick_settings();
  settings.tls.only_tls13 = true;
  const RunningServer server(settings);
  CHECK(s_client(server, {"-tls1_3"}).exit_code == 0);
  CHECK(s_client(server, {"-tls1_2"}).exit_code != 0);
}

TEST_CASE("HTTP/1.1 is chosen where it is offered, and nothing where it is not") {
  const RunningServer server;
  CHECK(s_client(server, {"-alpn", "h2,http/1.1"}).out.find("ALPN protocol: http/1.1") != std::string::npos);
  const ProcessResult only_h2 = s_client(server, {"-alpn", "h2"});
  CHECK(only_h2.exit_code == 0);
  CHECK(only_h2.out.find("No ALPN negotiated") != std::string::npos);
}

TEST_CASE("sessions cannot be resumed") {
  const RunningServer server;
  CHECK(s_client(server, {"-tls1_2"}).out.find("session ticket:") == std::string::npos);
  const ProcessResult result = s_client(server, {"-tls1_2", "-reconnect"});
  CHECK(result.out.find("New, ") != std::string::npos);
  CHECK(result.out.find("Reused, ") == std::string::npos);
}

TEST_CASE("each refusal says why and leaves the connection as it was") {
  const RunningServer server;
  TlsClient client = server.tls();
  struct Case {
    std::string request;
    unsigned status;
    std::string_view header;
  };
  const std::vector<Case> cases = {
      {post("/nonesuch", "{}"), 404, "content-type: text/plain; charset=utf-8"},
      {post("/mutate/nonesuch", small_review()), 404, ""},
      {"GET /mutate HTTP/1.1\r\nHost: x\r\n\r\n", 405, "allow: post"},
      {"DELETE /livez HTTP/1.1\r\nHost: x\r\n\r\n", 405, "allow: get, head"},
      {"POST /mutate HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}", 415, ""},
      {post("/mutate", ""), 400, ""},
      {post("/mutate", "{"), 400, ""},
      {post("/mutate", R"({"kind":"Pod"})"), 400, ""},
      {"HEAD /readyz HTTP/1.1\r\nHost: x\r\n\r\n", 200, "content-length: 3"},
      {post("/mutate", small_review()), 200, "content-type: application/json"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.request);
    const Reply reply = client.ask(c.request);
    CHECK(reply.status == c.status);
    CHECK(!reply.has("connection: close"));
    if (!c.header.empty()) CHECK(reply.has(c.header));
  }
}

TEST_CASE("requests that arrive together are answered in turn") {
  const RunningServer server;
  TlsClient client = server.tls();
  client.send(post("/mutate", small_review("first")) + post("/mutate", small_review("second")) + std::string(livez));
  CHECK(client.receive()->body.find("first") != std::string::npos);
  CHECK(client.receive()->body.find("second") != std::string::npos);
  CHECK(client.receive()->body == "ok\n");
}

TEST_CASE("a body that arrives in chunks is a body like any other") {
  const RunningServer server;
  TlsClient client = server.tls();
  std::ostringstream request;
  request << "POST /mutate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string review = small_review("in-pieces");
  for (std::size_t at = 0; at < review.size(); at += 7) {
    const std::string piece = review.substr(at, 7);
    request << std::hex << piece.size() << "\r\n" << piece << "\r\n";
  }
  request << "0\r\n\r\n";
  const Reply reply = client.ask(request.str());
  CHECK(reply.status == 200);
  CHECK(reply.body.find("in-pieces") != std::string::npos);
}

TEST_CASE("a body of up to 16 MiB is read, whatever it turns out to be") {
  ServerSettings settings = quick_settings();
  settings.timeouts.body = seconds(60);  // for sanitizers on a busy machine
  const RunningServer server(settings);
  TlsClient client = server.tls();
  CHECK(client.ask(post("/mutate", std::string(16 * 1024 * 1024, ' '))).status == 400);
  CHECK(client.ask(livez).status == 200);
}

TEST_CASE("a larger body is refused by what its header announces, before it is read") {
  const RunningServer server;
  TlsClient client = server.tls();
  const Reply reply = client.ask(
      "POST /mutate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 16777217\r\n\r\n");
  CHECK(reply.status == 413);
  CHECK(reply.has("connection: close"));
}

TEST_CASE("curl sees the refusal of a body that it is still sending") {
  ServerSettings settings = quick_settings();
  settings.limits.body = 1000;
  const RunningServer server(settings);
  const std::string body = server.directory().write("large", std::string(4'000'000, ' '));
  for (const std::string header : {"Expect:", "Transfer-Encoding: chunked"}) {
    CAPTURE(header);
    const ProcessResult result =
        curl(server, {"--header", header, "--header", "Content-Type: application/json", "--data-binary", "@" + body,
                      "--output", "/dev/null", "--write-out", "%{http_code}", server.url("/mutate")});
    CHECK(result.out == "413");
  }
}

TEST_CASE("a client that waits for 100 Continue gets it") {
  const RunningServer server;
  TlsClient client = server.tls();
  const std::string request = post("/mutate", small_review());
  const std::size_t body = request.find("\r\n\r\n") + 4;
  CHECK(client.ask(request.substr(0, body - 2) + "Expect: 100-continue\r\n\r\n").status == 100);
  CHECK(client.ask(request.substr(body)).status == 200);
}

TEST_CASE("what is not HTTP, or too much of it, is told so and closed") {
  const RunningServer server;
  const std::pair<std::string, unsigned> cases[] = {
      {"hello\r\n\r\n", 400},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
      {"POST /mutate HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400},
      {"POST /mutate HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
      {"GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", 431},
  };
  for (const auto& [request, status] : cases) {
    CAPTURE(request.substr(0, 60));
    TlsClient client = server.tls();
    const Reply reply = client.ask(request);
    CHECK(reply.status == status);
    CHECK(reply.has("connection: close"));
  }
}

TEST_CASE("a client that asks for it is served without keep-alive") {
  const RunningServer server;
  TlsClient client = server.tls();
  CHECK(client.ask("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").has("connection: close"));
  CHECK(client.ends());
  TlsClient old = server.tls();
  CHECK(old.ask("GET /livez HTTP/1.0\r\n\r\n").status == 200);
  CHECK(old.ends());
}

TEST_CASE("a client that sends byte by byte is cut off by the clock") {
  ServerSettings settings = quick_settings();
  settings.timeouts.header = milliseconds(400);
  settings.timeouts.body = milliseconds(400);
  const RunningServer server(settings);
  const std::string request = post("/mutate", small_review());
  const std::size_t body = request.find("\r\n\r\n") + 4;
  for (const std::size_t sent_at_once : {std::size_t{0}, body}) {
    CAPTURE(sent_at_once);
    TlsClient client = server.tls();
    client.send(request.substr(0, sent_at_once));
    std::size_t at = sent_at_once;
    const milliseconds took = time_of([&] {
      while (at < request.size() && client.send(request.substr(at, 1))) {
        ++at;
        std::this_thread::sleep_for(milliseconds(20));
      }
    });
    CHECK(at < request.size());  // all of the header at this pace would take two seconds
    CHECK(took >= milliseconds(380));
  }
}

TEST_CASE("idle connections are closed after a while, but not before") {
  ServerSettings settings = quick_settings();
  settings.timeouts.idle = milliseconds(300);
  const RunningServer server(settings);
  TlsClient client = server.tls();
  CHECK(client.ask(livez).status == 200);
  const milliseconds took = time_of([&] { CHECK(client.ends()); });
  CHECK(took >= milliseconds(290));
  CHECK(took < seconds(20));
}

TEST_CASE("connections that never speak TLS hold nobody up") {
  ServerSettings settings = quick_settings();
  settings.timeouts.handshake = std::chrono::hours(1);
  const RunningServer server(settings);
  std::vector<std::unique_ptr<TcpClient>> silent;
  for (int i = 0; i < 20; ++i)
    silent.push_back(std::make_unique<TcpClient>(server.port()));
  silent.front()->send("\x16\x03\x01");  // the first bytes of a handshake
  CHECK(server.tls().ask(livez).status == 200);
}

TEST_CASE("connections that never speak TLS are closed in time") {
  ServerSettings settings = quick_settings();
  settings.timeouts.handshake = milliseconds(300);
  const RunningServer server(settings);
  const TcpClient silent = server.tcp();
  const TcpClient begun = server.tcp();
  begun.send("\x16\x03\x01");  // the first bytes of a handshake
  CHECK(silent.ends());
  CHECK(begun.ends());
}

TEST_CASE("plain HTTP and port scans are no more than debug lines") {
  const RunningServer server;
  const TcpClient plain = server.tcp();
  plain.send(livez);
  CHECK(plain.ends());
  { const TcpClient scan = server.tcp(); }
  CHECK(eventually([&] { return server.log_text().find(R"("while":"handshake")") != std::string::npos; }));
  CHECK(server.log_text().find(R"("level":"warning")") == std::string::npos);
  CHECK(server.log_text().find(R"("level":"error")") == std::string::npos);
}

TEST_CASE("too many requests are told to come again, on the same connection") {
  ServerSettings settings = quick_settings();
  SECTION("requests at a time") {
    settings.limits.requests = 0;
  }
  SECTION("bytes at a time") {
    settings.limits.bodies = 100;
  }
  const RunningServer server(settings);
  TlsClient client = server.tls();
  for (int i = 0; i < 2; ++i) {
    const Reply reply = client.ask(post("/mutate", small_review()));
    CHECK(reply.status == 429);
    CHECK(reply.has("retry-after: 1"));
    CHECK(!reply.has("connection: close"));
  }
  CHECK(client.ask(livez).status == 200);
}

TEST_CASE("bytes and requests are counted only while they are there") {
  ServerSettings settings = quick_settings();
  settings.limits.requests = 1;
  settings.limits.bodies = 1000;
  const RunningServer server(settings);
  TlsClient client = server.tls();
  for (int i = 0; i < 20; ++i)
    CHECK(client.ask(post("/mutate", small_review())).status == 200);
}

TEST_CASE("a connection too many is served as soon as another one has gone") {
  ServerSettings settings = quick_settings();
  settings.limits.connections = 1;
  const RunningServer server(settings);
  std::optional<TlsClient> first(std::in_place, server.port(), server.ca());
  CHECK(first->ask(post("/mutate", small_review())).status == 200);
  TlsClient second = server.tls();
  const Reply refused = second.ask(post("/mutate", small_review()));
  CHECK(refused.status == 429);
  CHECK(!refused.has("connection: close"));
  CHECK(first->ask(post("/mutate", small_review())).status == 200);
  first.reset();
  CHECK(eventually([&] { return second.ask(post("/mutate", small_review())).status == 200; }));
}

TEST_CASE("many clients at one time are all answered") {
  const RunningServer server;
  const std::string review = server.directory().write("review.json", small_review());
  const ProcessResult result =
      curl(server,
           {"--parallel", "--parallel-max", "20", "--header", "Content-Type: application/json", "--data-binary",
            "@" + review, "--output", "/dev/null", "--write-out", "%{http_code}\\n", server.url("/mutate?n=[1-400]")});
  CHECK(result.exit_code == 0);
  std::istringstream lines(result.out);
  int answered = 0;
  for (int status = 0; lines >> status;)
    answered += status == 200 ? 1 : 0;
  CHECK(answered == 400);
}

TEST_CASE("while it stops, everything is answered and nothing is kept alive") {
  ServerSettings settings = quick_settings();
  settings.timeouts.drain = seconds(3);
  settings.timeouts.last_connections = seconds(10);
  RunningServer server(settings);
  TlsClient before = server.tls();
  CHECK(before.ask(readyz).status == 200);
  server.stop();
  const auto says_503 = [&] { return server.tls().ask(readyz).status == 503; };
  CHECK(eventually(says_503));
  TlsClient during = server.tls();
  for (TlsClient* client : {&before, &during}) {
    const Reply reply = client->ask(post("/mutate", small_review()));
    CHECK(reply.status == 200);
    CHECK(reply.has("connection: close"));
    CHECK(client->ends());
  }
  CHECK(server.wait());
}

TEST_CASE("no request fails while it stops under load") {
  ServerSettings settings = quick_settings();
  settings.timeouts.drain = milliseconds(300);
  settings.timeouts.last_connections = seconds(10);
  RunningServer server(settings);
  std::atomic<int> answered = 0;
  std::atomic<int> failed = 0;
  const auto ask_until_told_to_go = [&] {
    TlsClient client = server.tls();
    for (bool goes_on = true; goes_on; ++answered) {
      client.send(post("/mutate", small_review()));
      const std::optional<Reply> reply = client.receive();
      if (!reply || reply->status != 200) ++failed;
      goes_on = reply && !reply->has("connection: close");
    }
  };
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i)
    clients.emplace_back(ask_until_told_to_go);
  REQUIRE(eventually([&] { return answered > 200; }));
  server.stop();
  for (std::thread& client : clients)
    client.join();
  CHECK(failed == 0);
  CHECK(server.wait());
}

TEST_CASE("a connection that stays open does not keep the server from ending") {
  ServerSettings settings = quick_settings();
  settings.timeouts.last_connections = milliseconds(200);
  RunningServer server(settings);
  TlsClient client = server.tls();
  CHECK(client.ask(livez).status == 200);
  server.stop();
  CHECK(!server.wait());
  CHECK(client.ends());
}

TEST_CASE("new connections get a renewed certificate, a broken one is kept out") {
  ServerSettings settings = quick_settings();
  settings.timeouts.reload = milliseconds(20);
  const RunningServer server(settings);
  const auto serial = [&] {
    const std::string shown = s_client(server, {}).out;
    const std::size_t begin = shown.find("-----BEGIN");
    return shown.substr(begin, shown.find("-----END") - begin);
  };
  TlsClient open_before = server.tls();
  const std::string first = serial();
  server.directory().write("tls.crt", "not a certificate");
  CHECK(eventually([&] { return server.log_text().find("keeping what was loaded before") != std::string::npos; }));
  CHECK(serial() == first);
  write_certificates(server.directory());
  CHECK(eventually([&] { return server.log_text().find(R"("loaded","what":"certificate")") != std::string::npos; }));
  CHECK(serial() != first);
  CHECK(server.tls().ask(livez).status == 200);
  CHECK(open_before.ask(livez).status == 200);
}

TEST_CASE("a certificate that clients would refuse is kept out, and said so once") {
  ServerSettings settings = quick_settings();
  settings.timeouts.reload = milliseconds(20);
  const RunningServer server(settings);
  const auto write = [&](const CertificateRequest& request) {
    const Certificates made = make_certificates(request);
    server.directory().write("tls.key", made.key);
    server.directory().write("tls.crt", made.certificate);
  };
  const auto said = [&](const std::string& what) { return server.log_text().find(what) != std::string::npos; };
  write({.dns_names = {"localhost"}, .addresses = {"127.0.0.1"}, .days = 1, .starts_in_days = -2});
  CHECK(eventually([&] { return said("it expired at"); }));
  write({.dns_names = {"localhost"}, .addresses = {"127.0.0.1"}, .days = 1, .starts_in_days = 1});
  CHECK(eventually([&] { return said("it is not valid before"); }));
  write({.dns_names = {"elsewhere"}, .addresses = {}, .days = 1});
  CHECK(eventually([&] { return said("it lacks the name"); }));
  CHECK(server.tls().ask(readyz).status == 200);
  std::this_thread::sleep_for(milliseconds(200));
  const std::string log = server.log_text();
  CHECK(log.find("it lacks the name") == log.rfind("it lacks the name"));
}

TEST_CASE("a new certificate is served at once, however it comes into its place") {
  ServerSettings settings = quick_settings();
  settings.timeouts.reload = std::chrono::hours(1);
  const RunningServer server(settings);
  namespace fs = std::filesystem;
  const fs::path place = server.directory().path();
  const auto loaded = [&] {
    const std::string log = server.log_text();
    std::size_t count = 0;
    for (std::size_t at = 0; (at = log.find(R"("loaded")", at)) != std::string::npos; ++at)
      ++count;
    return count;
  };
  const auto write_into = [](const fs::path& directory) {
    const Certificates made = make_certificates({.dns_names = {"localhost"}, .addresses = {"127.0.0.1"}, .days = 1});
    fs::create_directories(directory);
    std::ofstream(directory / "tls.crt") << made.certificate;
    std::ofstream(directory / "tls.key") << made.key;
  };
  SECTION("renamed") {
    write_into(place / "new");
    fs::rename(place / "new" / "tls.key", place / "tls.key");
    fs::rename(place / "new" / "tls.crt", place / "tls.crt");
    CHECK(eventually([&] { return loaded() == 1; }));
  }
  SECTION("as the kubelet does it") {
    for (const std::string version : {"..1", "..2"}) {
      write_into(place / version);
      fs::create_directory_symlink(version, place / "..new");
      fs::rename(place / "..new", place / "..data");
      for (const std::string name : {"tls.crt", "tls.key"}) {
        if (version != "..1") continue;
        fs::create_symlink("..data/" + name, place / "link");
        fs::rename(place / "link", place / name);
      }
      CHECK(eventually([&] { return loaded() == static_cast<std::size_t>(version.back() - '0'); }));
    }
  }
}

TEST_CASE("policies that are replaced hold from the next request on, broken ones do not") {
  const TemporaryDirectory policies;
  const auto shipped = [](const std::string& name) { return read_bytes(source_path("policies/" + name)); };
  policies.write("dump.yaml", shipped("dotnet-dump.yaml"));
  ServerSettings settings = quick_settings();
  settings.policies.directory = policies.path();
  const RunningServer server(settings);
  TlsClient client = server.tls();
  const auto status = [&] { return client.ask(post("/mutate/dotnet-monitor", small_review())).status; };
  CHECK(status() == 404);
  policies.write("monitor.yaml", "name: [");
  CHECK(eventually([&] { return server.log_text().find(R"("what":"policies","error")") != std::string::npos; }));
  CHECK(status() == 404);
  CHECK(client.ask(post("/mutate", small_review())).status == 200);
  policies.write("monitor.yaml", shipped("dotnet-monitor.yaml"));
  CHECK(eventually([&] { return status() == 200; }));
}

TEST_CASE("an answer that would come too late is given without a patch") {
  const RunningServer server;
  TlsClient client = server.tls();
  const std::string request = post("/mutate?timeout=100ms", small_review());
  const std::size_t body = request.find("\r\n\r\n") + 4;
  client.send(request.substr(0, body));
  std::this_thread::sleep_for(milliseconds(150));
  const Reply late = client.ask(request.substr(body));
  CHECK(late.status == 200);
  CHECK(late.body.find(R"("allowed":true,"warnings":["dotdiag: nothing was injected: the webhook was too slow)") !=
        std::string::npos);
  CHECK(server.log_text().find(R"("result":"late")") != std::string::npos);
  CHECK(client.ask(post("/mutate?timeout=30s", small_review())).body.find("warnings") == std::string::npos);
}

TEST_CASE("the admin port answers probes and has the metrics") {
  ServerSettings settings = quick_settings();
  settings.admin = Endpoint{"127.0.0.1", 0};
  settings.timeouts.last_connections = seconds(20);
  RunningServer server(settings);
  const auto ask = [&](const std::string& path, const std::vector<std::string>& options = {}) {
    std::vector<std::string> command = {"curl", "--silent", "--show-error", "--write-out", " %{http_code}"};
    command.insert(command.end(), options.begin(), options.end());
    command.push_back("http://127.0.0.1:" + std::to_string(server.admin_port()) + path);
    return run_process(command).out;
  };
  for (const std::string path : {"/livez", "/readyz", "/startupz?verbose"})
    CHECK(ask(path) == "ok\n 200");
  CHECK(ask("/nothing").ends_with(" 404"));
  CHECK(ask("/livez", {"--data", "x"}).ends_with(" 405"));
  CHECK(ask("/livez", {"--head"}).find("Content-Length: 3\r\n") != std::string::npos);

  TlsClient client = server.tls();
  for (int i = 0; i < 3; ++i)
    CHECK(client.ask(post("/mutate", small_review())).status == 200);
  CHECK(client.ask(post("/mutate", "no JSON")).status == 400);
  server.tcp().send("GET / HTTP/1.1\r\n\r\n");
  const auto has = [&](const std::string& line) {
    return ask("/metrics").find("\n" + line + "\n") != std::string::npos;
  };
  CHECK(has(R"(dotdiag_webhook_reviews_total{kind="other",operation="CREATE",policy="none",result="skipped"} 3)"));
  CHECK(has(R"(dotdiag_webhook_reviews_total{kind="other",operation="other",policy="none",result="invalid"} 1)"));
  CHECK(has(R"(dotdiag_webhook_skipped_total{reason="not-a-workload"} 3)"));
  CHECK(has("dotdiag_webhook_review_duration_seconds_count 4"));
  CHECK(has("dotdiag_webhook_connections 1"));
  CHECK(has("dotdiag_webhook_reviews_in_flight 0"));
  CHECK(eventually([&] { return has(R"(dotdiag_webhook_handshake_failures_total{reason="not_tls"} 1)"); }));

  server.stop();
  CHECK(eventually([&] { return ask("/readyz") == "stopping\n 503"; }));
  CHECK(ask("/livez") == "ok\n 200");
}

TEST_CASE("only a client with the right certificate and name is served where that is asked for") {
  const TemporaryDirectory clients;
  for (const std::string name : {"kube-apiserver", "somebody"}) {
    const std::string path = clients / name;
    REQUIRE(run_process({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                         "-keyout", path + ".key", "-out", path + ".crt", "-subj", "/CN=" + name, "-days", "1"})
                .exit_code == 0);
  }
  clients.write("ca.crt", read_bytes(clients / "kube-apiserver.crt") + read_bytes(clients / "somebody.crt"));
  ServerSettings settings = quick_settings();
  settings.admin = Endpoint{"127.0.0.1", 0};
  settings.tls.client_ca_file = clients / "ca.crt";
  settings.tls.client_name = "kube-apiserver";
  const RunningServer server(settings);
  const auto succeeds = [&](const std::string& name) {
    std::vector<std::string> arguments = {server.url("/livez")};
    if (!name.empty())
      arguments.insert(arguments.end(), {"--cert", clients / (name + ".crt"), "--key", clients / (name + ".key")});
    return curl(server, arguments).exit_code == 0;
  };
  CHECK(succeeds("kube-apiserver"));
  CHECK_FALSE(succeeds("somebody"));
  CHECK_FALSE(succeeds(""));
  const std::string metrics = "http://127.0.0.1:" + std::to_string(server.admin_port()) + "/metrics";
  CHECK(run_process({"curl", "--silent", metrics}).out.find(R"(failures_total{reason="client_certificate"} 2)") !=
        std::string::npos);
}

TEST_CASE("a changed configuration holds at once where it can, and is named where it cannot") {
  const TemporaryDirectory directory;
  ServerSettings settings = quick_settings();
  settings.config_file = directory.write("config.yaml", "");
  settings.reread = [&] {
    if (read_bytes(settings.config_file) == "broken") throw InputError(settings.config_file, {}, "broken");
    LiveSettings live;
    live.policies.own_namespace = "shop";
    live.connections = 100;
    live.log_level = LogLevel::debug;
    live.need_restart = "threads";
    return live;
  };
  const RunningServer server(settings);
  const auto said = [&](const std::string& what) { return server.log_text().find(what) != std::string::npos; };
  TlsClient client = server.tls();
  directory.write("config.yaml", "broken");
  CHECK(eventually([&] { return said(R"("what":"configuration","error")"); }));
  CHECK(client.ask(post("/mutate", small_review())).status == 200);
  directory.write("config.yaml", "good");
  CHECK(eventually([&] { return said(R"("loaded","what":"configuration")"); }));
  CHECK(said(R"("a change of the configuration needs a restart","settings":"threads")"));
}

TEST_CASE("an expired certificate is served, and said so, for want of another") {
  ServerSettings settings = quick_settings();
  settings.admin = Endpoint{"127.0.0.1", 0};
  const RunningServer server(settings,
                             {.dns_names = {"localhost"}, .addresses = {"127.0.0.1"}, .days = 1, .starts_in_days = -2});
  const std::string url = "http://127.0.0.1:" + std::to_string(server.admin_port());
  const auto ready = [&] { return run_process({"curl", "--silent", url + "/readyz"}).out; };
  CHECK(ready() == "the certificate has expired\n");
  CHECK(server.log_text().find("the certificate has expired") != std::string::npos);
  write_certificates(server.directory());
  CHECK(eventually([&] { return ready() == "ok\n"; }));
}

TEST_CASE("each review is logged once, without anything from inside the object") {
  const RunningServer server;
  std::string review = small_review("logged-uid");
  review.insert(review.find(R"("metadata":{)") + 12, R"("annotations":{"secret":"do-not-log-me"},)");
  CHECK(server.tls().ask(post("/mutate", review)).status == 200);
  const std::string log = server.log_text();
  CHECK(log.find(R"("uid":"logged-uid")") != std::string::npos);
  CHECK(log.find("do-not-log-me") == std::string::npos);
}
