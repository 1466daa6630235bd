#include "webhook/bootstrap/pem.hpp"

#include "webhook/pem_memory.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>
#include <new>

namespace dotdiag {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;

std::string der_of(X509* certificate) {
  const int size = i2d_X509(certificate, nullptr);
  if (size < 0) throw std::bad_alloc();
  std::string der(static_cast<std::size_t>(size), '\0');
  auto* end = reinterpret_cast<unsigned char*>(der.data());
  i2d_X509(certificate, &end);
  return der;
}

Certificate parsed(const PemCertificate& certificate) {
  const auto* begin = reinterpret_cast<const unsigned char*>(certificate.der.data());
  return Certificate(d2i_X509(nullptr, &begin, static_cast<long>(certificate.der.size())));
}

}  // namespace

std::vector<PemCertificate> read_pem_certificates(std::string_view text) {
  std::vector<PemCertificate> result;
  const PemMemory memory = pem_memory(text);
  while (const Certificate certificate{PEM_read_bio_X509(memory.get(), nullptr, no_passphrase, nullptr)})
    result.push_back({der_of(certificate.get()), facts_of(certificate.get())});
  ERR_clear_error();
  return result;
}

std::string write_pem_certificates(const std::vector<PemCertificate>& certificates) {
  return written_pem([&](BIO* out) {
    const auto is_written = [&](const PemCertificate& one) { return PEM_write_bio_X509(out, parsed(one).get()) == 1; };
    return std::all_of(certificates.begin(), certificates.end(), is_written);
  });
}

bool is_key_of(const PemCertificate& certificate, std::string_view key) {
  const PemMemory memory = pem_memory(key);
  const Key read(PEM_read_bio_PrivateKey(memory.get(), nullptr, no_passphrase, nullptr));
  const bool fits = read != nullptr && X509_check_private_key(parsed(certificate).get(), read.get()) == 1;
  ERR_clear_error();
  return fits;
}

bool is_signed_by(const PemCertificate& certificate, const PemCertificate& ca) {
  const Certificate issuer = parsed(ca);
  const bool is_signed = X509_verify(parsed(certificate).get(), X509_get0_pubkey(issuer.get())) == 1;
  ERR_clear_error();
  return is_signed;
}

}  // namespace dotdiag
