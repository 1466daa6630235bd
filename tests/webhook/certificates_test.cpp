#include "webhook/certificates.hpp"
#include "core/document/error.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <catch2/catch.hpp>
#include <ctime>
#include <memory>

using namespace dotdiag;

namespace {

struct Free {
  void operator()(BIO* memory) const { BIO_free(memory); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509_STORE* store) const { X509_STORE_free(store); }
  void operator()(X509_STORE_CTX* context) const { X509_STORE_CTX_free(context); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Owned<BIO> memory(const std::string& text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Owned<X509> certificate(const std::string& pem) {
  return Owned<X509>(PEM_read_bio_X509(memory(pem).get(), nullptr, nullptr, nullptr));
}

/// OpenSSL's verdict on `leaf` as a TLS server's certificate under `ca`: "ok" or why not.
std::string verdict(X509* leaf, X509* ca, const std::string& host, std::time_t at) {
  const Owned<X509_STORE> store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), ca);
  const Owned<X509_STORE_CTX> context(X509_STORE_CTX_new());
  X509_STORE_CTX_init(context.get(), store.get(), leaf, nullptr);
  X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
  X509_VERIFY_PARAM_set_time(rules, at);
  if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) != 1) X509_VERIFY_PARAM_set1_host(rules, host.c_str(), 0);
  X509_verify_cert(context.get());
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
}

constexpr std::time_t day = 24 * 60 * 60;

}  // namespace

TEST_CASE("a certificate is accepted for each of its names, now and to its last day, and for nothing else") {
  const Certificates made = make_certificates(
      {.dns_names = {"hook.dotdiag.svc", "*.example.com"}, .addresses = {"127.0.0.1", "::1"}, .days = 30});
  const Owned<X509> leaf = certificate(made.certificate);
  const Owned<X509> ca = certificate(made.ca);
  const std::time_t now = std::time(nullptr);
  for (const char* host : {"hook.dotdiag.svc", "a.example.com", "127.0.0.1", "::1"}) {
    CAPTURE(host);
    CHECK(verdict(leaf.get(), ca.get(), host, now) == "ok");
  }
  CHECK(verdict(leaf.get(), ca.get(), "other.dotdiag.svc", now) == "hostname mismatch");
  CHECK(verdict(leaf.get(), ca.get(), "127.0.0.2", now) == "IP address mismatch");
  CHECK(verdict(leaf.get(), ca.get(), "::1", now - 4 * 60) == "ok");
  CHECK(verdict(leaf.get(), ca.get(), "::1", now - 6 * 60) == "certificate is not yet valid");
  CHECK(verdict(leaf.get(), ca.get(), "::1", now + 30 * day - 60) == "ok");
  CHECK(verdict(leaf.get(), ca.get(), "::1", now + 30 * day + 60) == "certificate has expired");
}

TEST_CASE("a certificate is not accepted under the CA of another run") {
  const CertificateRequest request = {.dns_names = {"localhost"}, .addresses = {}, .days = 1};
  const Certificates first = make_certificates(request);
  const Certificates second = make_certificates(request);
  CHECK(verdict(certificate(first.certificate).get(), certificate(second.ca).get(), "localhost", std::time(nullptr)) !=
        "ok");
}

TEST_CASE("the key is P-256 and the certificate's, serial numbers are long and random, and only the CA may sign") {
  const CertificateRequest request = {.dns_names = {"localhost"}, .addresses = {}, .days = 1};
  const Certificates made = make_certificates(request);
  const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(memory(made.key).get(), nullptr, nullptr, nullptr));
  const Owned<X509> leaf = certificate(made.certificate);
  const Owned<X509> ca = certificate(made.ca);
  REQUIRE(key);
  CHECK(X509_check_private_key(leaf.get(), key.get()) == 1);
  CHECK(X509_check_private_key(ca.get(), key.get()) == 0);
  CHECK(EVP_PKEY_get_bits(key.get()) == 256);
  CHECK(X509_check_ca(ca.get()) == 1);
  CHECK(X509_check_ca(leaf.get()) == 0);
  CHECK(X509_get_key_usage(leaf.get()) == KU_DIGITAL_SIGNATURE);
  CHECK(X509_get_extended_key_usage(leaf.get()) == XKU_SSL_SERVER);
  CHECK(X509_get_serialNumber(leaf.get())->length >= 16);
  const Owned<X509> other = certificate(make_certificates(request).certificate);
  CHECK(ASN1_INTEGER_cmp(X509_get_serialNumber(leaf.get()), X509_get_serialNumber(other.get())) != 0);
}

TEST_CASE("what is not a name or an address is refused before it can reach the certificate") {
  for (const std::string& name : {std::string(), std::string("a b"), std::string("a,IP:1.2.3.4"), std::string("-a"),
                                  std::string("a..b"), std::string("a."), std::string("a.*.b"), std::string("x_y"),
                                  std::string("caf\xc3\xa9"), std::string(64, 'a'), std::string(300, 'a')}) {
    CAPTURE(name);
    CHECK_THROWS_AS(make_certificates({.dns_names = {name}, .addresses = {}, .days = 1}), InputError);
  }
  for (const char* address : {"", "1.2.3", "1.2.3.256", "localhost", "::g", "127.0.0.1,DNS:x", "10.0.0.0/8"}) {
    CAPTURE(address);
    CHECK_THROWS_AS(make_certificates({.dns_names = {"a"}, .addresses = {address}, .days = 1}), InputError);
  }
}

TEST_CASE("base64 is written on one line with padding") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64(std::string(100, '\0')).find('\n') == std::string::npos);
}
