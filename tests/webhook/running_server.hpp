// A server on 127.0.0.1 for one test, with certificates of its own.
#pragma once

#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/webhook/tls_client.hpp"
#include "webhook/certificates.hpp"
#include "webhook/server.hpp"

#include <fcntl.h>

#include <fstream>
#include <future>
#include <iterator>
#include <string>
#include <utility>

namespace dotdiag::test {

inline const CertificateRequest usual_certificate = {.dns_names = {"localhost"}, .addresses = {"127.0.0.1"}, .days = 1};

/// Writes ca.crt, tls.crt and tls.key.
inline void write_certificates(const TemporaryDirectory& directory,
                               const CertificateRequest& request = usual_certificate) {
  const Certificates made = make_certificates(request);
  directory.write("ca.crt", made.ca);
  directory.write("tls.key", made.key);
  directory.write("tls.crt", made.certificate);
}

/// Settings with times that a test can wait for.
inline ServerSettings quick_settings() {
  using std::chrono::milliseconds;
  ServerSettings settings;
  settings.threads = 2;
  settings.timeouts.tick = milliseconds(20);
  settings.timeouts.drain = milliseconds(0);
  settings.timeouts.last_connections = milliseconds(0);
  return settings;
}

class RunningServer {
 public:
  explicit RunningServer(ServerSettings settings = quick_settings(),
                         const CertificateRequest& certificate = usual_certificate)
      : log_descriptor_(::open((directory_ / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)),
        server_(local(std::move(settings), certificate), log_),
        ended_(std::async(std::launch::async, [this] { return server_.run(); })) {}
  ~RunningServer() {
    server_.stop();
    server_.stop();
    if (ended_.valid()) ended_.wait();
    ::close(log_descriptor_);
  }

  const TemporaryDirectory& directory() const { return directory_; }
  std::string ca() const { return directory_ / "ca.crt"; }
  std::string url(std::string_view path) const { return "https://" + address() + std::string(path); }
  std::string address() const { return "127.0.0.1:" + std::to_string(server_.port()); }
  std::uint16_t port() const { return server_.port(); }
  std::uint16_t admin_port() const { return server_.admin_port(); }
  TlsClient tls() const { return {server_.port(), ca()}; }
  TcpClient tcp() const { return TcpClient(server_.port()); }
  void stop() { server_.stop(); }
  /// Waits for the server to end by itself: what run() said.
  bool wait() { return ended_.get(); }

  std::string log_text() const {
    std::ifstream file(directory_ / "log");
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  ServerSettings local(ServerSettings settings, const CertificateRequest& certificate) const {
    write_certificates(directory_, certificate);
    settings.endpoint = {"127.0.0.1", 0};
    settings.tls.certificate_file = directory_ / "tls.crt";
    settings.tls.key_file = directory_ / "tls.key";
    return settings;
  }

  TemporaryDirectory directory_;
  int log_descriptor_;
  Log log_{LogLevel::debug, log_descriptor_};
  Server server_;
  std::future<bool> ended_;
};

/// An AdmissionReview about an object that nothing is done to.
inline std::string small_review(const std::string& uid = "0c1b6d9e-7c0f-4c3e-9f0a-000000000001") {
  return R"({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":")" + uid +
         R"(","kind":{"group":"","version":"v1","kind":"ConfigMap"},"resource":{"group":"","version":"v1","resource":)"
         R"("configmaps"},"name":"settings","namespace":"shop","operation":"CREATE","object":{"apiVersion":"v1",)"
         R"("kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"}},"oldObject":null}})";
}

/// A POST of `body` as an API server would send it.
inline std::string post(std::string_view path, std::string_view body) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace dotdiag::test
