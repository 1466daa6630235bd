#include "webhook/certificates.hpp"

#include "core/document/error.hpp"
#include "webhook/owned.hpp"
#include "webhook/pem_memory.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <new>

namespace dotdiag {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using Octets = std::unique_ptr<ASN1_OCTET_STRING, Deleter<ASN1_OCTET_STRING_free>>;

constexpr int backdating_seconds = 5 * 60;

/// Memory is all that can fail where our own, checked input is used.
void must(bool succeeded) {
  if (!succeeded) throw std::bad_alloc();
}

bool is_label(std::string_view label) {
  const auto fits = [](char c) {
    return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), fits);
}

bool is_dns_name(std::string_view name) {
  if (name.size() > 253) return false;
  if (name.starts_with("*.")) name.remove_prefix(2);
  for (;;) {
    const std::size_t dot = name.find('.');
    if (!is_label(name.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

bool is_address(const std::string& text) {
  return Octets(a2i_IPADDRESS(text.c_str())) != nullptr;
}

/// The value of the subjectAltName extension in OpenSSL's own notation, which has no quoting: hence the checks.
std::string alternative_names(const CertificateRequest& request) {
  std::string result;
  for (const std::string& name : request.dns_names) {
    if (!is_dns_name(name))
      throw InputError("--dns " + name, {}, "not a DNS name", "give a name such as dotdiag-webhook.dotdiag.svc");
    result += (result.empty() ? "DNS:" : ",DNS:") + name;
  }
  for (const std::string& address : request.addresses) {
    if (!is_address(address)) throw InputError("--ip " + address, {}, "not an IP address", "names belong to --dns");
    result += (result.empty() ? "IP:" : ",IP:") + address;
  }
  return result;
}

/// 159 random bits: RFC 5280 allows 20 octets, and the number must be positive.
void set_random_serial(X509* certificate) {
  const Number number(BN_new());
  must(number && BN_rand(number.get(), 159, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1);
  must(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void set_name(X509_NAME* name, const char* common_name) {
  const auto* text = reinterpret_cast<const unsigned char*>(common_name);
  must(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1);
}

void add_extension(X509* certificate, X509* issuer, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()));
  must(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

Key make_key() {
  Key key(EVP_EC_gen("P-256"));
  must(key != nullptr);
  return key;
}

/// A certificate with all but its issuer, extensions and signature.
Certificate blank_certificate(const char* common_name, EVP_PKEY* key, const CertificateRequest& request) {
  Certificate certificate(X509_new());
  must(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  set_random_serial(certificate.get());
  const int begin = request.starts_in_days;
  must(X509_time_adj_ex(X509_getm_notBefore(certificate.get()), begin, -backdating_seconds, nullptr) != nullptr);
  must(X509_time_adj_ex(X509_getm_notAfter(certificate.get()), begin + request.days, 0, nullptr) != nullptr);
  set_name(X509_get_subject_name(certificate.get()), common_name);
  must(X509_set_pubkey(certificate.get(), key) == 1);
  return certificate;
}

Certificate make_ca(EVP_PKEY* key, const CertificateRequest& request) {
  Certificate ca = blank_certificate("dotdiag-webhook CA", key, request);
  must(X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get())) == 1);
  add_extension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(ca.get(), ca.get(), NID_subject_key_identifier, "hash");
  must(X509_sign(ca.get(), key, EVP_sha256()) != 0);
  return ca;
}

/// The common name is fixed: clients look at the alternative names alone, and a service's name may exceed its 64
/// characters.
Certificate make_leaf(EVP_PKEY* key, X509* ca, EVP_PKEY* ca_key, const std::string& names,
                      const CertificateRequest& request) {
  Certificate leaf = blank_certificate("dotdiag-webhook", key, request);
  must(X509_set_issuer_name(leaf.get(), X509_get_subject_name(ca)) == 1);
  add_extension(leaf.get(), ca, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(leaf.get(), ca, NID_key_usage, "critical,digitalSignature");
  add_extension(leaf.get(), ca, NID_ext_key_usage, "serverAuth");
  add_extension(leaf.get(), ca, NID_subject_key_identifier, "hash");
  add_extension(leaf.get(), ca, NID_authority_key_identifier, "keyid:always");
  add_extension(leaf.get(), ca, NID_subject_alt_name, names);
  must(X509_sign(leaf.get(), ca_key, EVP_sha256()) != 0);
  return leaf;
}

std::string certificate_pem(X509* certificate) {
  return written_pem([&](BIO* out) { return PEM_write_bio_X509(out, certificate); });
}

std::string key_pem(EVP_PKEY* key) {
  return written_pem(
      [&](BIO* out) { return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

}  // namespace

Certificates make_certificates(const CertificateRequest& request) {
  const std::string names = alternative_names(request);
  assert(!names.empty() && request.days >= 1);
  const Key ca_key = make_key();
  CertificateRequest of_ca = request;
  if (request.ca_days != 0) of_ca.days = request.ca_days;
  const Certificate ca = make_ca(ca_key.get(), of_ca);
  const Key key = make_key();
  const Certificate leaf = make_leaf(key.get(), ca.get(), ca_key.get(), names, request);
  return {certificate_pem(ca.get()), certificate_pem(leaf.get()), key_pem(key.get())};
}

std::string base64(std::string_view text) {
  std::string result(4 * ((text.size() + 2) / 3) + 1, '\0');  // EVP_EncodeBlock ends its output with a NUL
  const auto* input = reinterpret_cast<const unsigned char*>(text.data());
  auto* output = reinterpret_cast<unsigned char*>(result.data());
  result.resize(static_cast<std::size_t>(EVP_EncodeBlock(output, input, static_cast<int>(text.size()))));
  return result;
}

}  // namespace dotdiag
