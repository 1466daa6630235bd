#include "webhook/server_certificate.hpp"

#include "core/document/error.hpp"
#include "tests/support/temporary_directory.hpp"
#include "webhook/certificates.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

using Clock = std::chrono::system_clock;
using Names = std::vector<std::string>;

class Files {
 public:
  ServerCertificate load(const CertificateRequest& request) {
    const Certificates made = make_certificates(request);
    directory_.write("tls.crt", made.certificate);
    directory_.write("tls.key", made.key);
    return load();
  }
  ServerCertificate load() const { return load_server_certificate(settings(), read_tls_files(settings())); }
  TlsSettings settings() const { return {directory_ / "tls.crt", directory_ / "tls.key"}; }
  const TemporaryDirectory& directory() const { return directory_; }

 private:
  TemporaryDirectory directory_;
};

}  // namespace

TEST_CASE("a certificate's names and times are known once it is loaded") {
  Files files;
  const ServerCertificate loaded =
      files.load({.dns_names = {"b.example", "a.example"}, .addresses = {"127.0.0.1"}, .days = 2});
  CHECK(loaded.facts.names == Names{"127.0.0.1", "a.example", "b.example"});
  const auto now = Clock::now();
  CHECK(loaded.facts.not_before < now);
  CHECK(loaded.facts.not_after > now + std::chrono::hours(47));
  CHECK(loaded.facts.not_after < now + std::chrono::hours(49));
  CHECK(utc_text(Clock::from_time_t(1'000'000'000)) == "2001-09-09T01:46:40Z");
}

TEST_CASE("a certificate takes another one's place only where clients would accept it") {
  Files files;
  const ServerCertificate served = files.load({.dns_names = {"web.example"}, .addresses = {}, .days = 2});
  const auto refusal = [&](const CertificateRequest& request) {
    return reason_to_refuse(files.load(request), served, Clock::now());
  };
  CHECK(refusal({.dns_names = {"web.example"}, .addresses = {}, .days = 1}).empty());
  CHECK(refusal({.dns_names = {"more.example", "web.example"}, .addresses = {}, .days = 9}).empty());
  CHECK_THAT(refusal({.dns_names = {"web.example"}, .addresses = {}, .days = 2, .starts_in_days = -3}),
             Catch::StartsWith("it expired at 2"));
  CHECK_THAT(refusal({.dns_names = {"web.example"}, .addresses = {}, .days = 2, .starts_in_days = 1}),
             Catch::StartsWith("it is not valid before 2"));
  CHECK(refusal({.dns_names = {"other.example"}, .addresses = {}, .days = 2}) ==
        "it lacks the name `web.example` of the one that is served");
}

TEST_CASE("a certificate is what was read, whatever has become of the files") {
  Files files;
  files.load({.dns_names = {"first.example"}, .addresses = {}});
  const TlsFiles read = read_tls_files(files.settings());
  files.load({.dns_names = {"second.example"}, .addresses = {}});
  const ServerCertificate loaded = load_server_certificate(files.settings(), read);
  CHECK(loaded.facts.names == Names{"first.example"});
  CHECK(loaded.files == read);
}

TEST_CASE("a damaged certificate behind the server's own is refused, and text between them passed over") {
  Files files;
  files.load({.dns_names = {"web.example"}, .addresses = {}});
  TlsFiles read = read_tls_files(files.settings());
  const std::string own = read.certificate;
  read.certificate = own + "what stands between\n" + own;
  CHECK_NOTHROW(load_server_certificate(files.settings(), read));
  read.certificate = own + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  CHECK_THROWS_AS(load_server_certificate(files.settings(), read), InputError);
}

TEST_CASE("a certificate that does not fit its key cannot be loaded") {
  Files files;
  files.load({.dns_names = {"web.example"}, .addresses = {}});
  files.directory().write("tls.key", make_certificates({.dns_names = {"web.example"}, .addresses = {}}).key);
  CHECK_THROWS_AS(files.load(), InputError);
}

}  // namespace dotdiag::test
