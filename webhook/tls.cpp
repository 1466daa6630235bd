#include "webhook/tls.hpp"

#include "core/document/error.hpp"
#include "core/document/reader.hpp"
#include "webhook/owned.hpp"
#include "webhook/pem_memory.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cassert>
#include <memory>
#include <new>
#include <string_view>

namespace dotdiag {
namespace {

using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;

/// OpenSSL's reason for the last failure, and an empty queue for the next one.
std::string openssl_reason() {
  const unsigned long code = ERR_peek_last_error();
  const char* reason = ERR_reason_error_string(code);
  ERR_clear_error();
  return reason == nullptr ? "unknown reason" : reason;
}

/// The API server offers http/1.1 to a Service; tools may offer more or nothing. Whatever they offer, HTTP/1.1 is what
/// they get.
int select_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  constexpr std::string_view http11 = "http/1.1";
  for (unsigned int at = 0; at < offered_size; at += offered[at] + 1U) {
    const std::string_view name(reinterpret_cast<const char*>(offered + at + 1), offered[at]);
    if (name != http11) continue;
    *chosen = offered + at + 1;
    *chosen_size = offered[at];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_NOACK;
}

void set_protocol(SSL_CTX* context, bool only_tls13) {
  SSL_CTX_set_min_proto_version(context, only_tls13 ? TLS1_3_VERSION : TLS1_2_VERSION);
  // Of TLS 1.2 only what has forward secrecy and authenticated encryption.
  [[maybe_unused]] const bool ciphers_known = SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1;
  [[maybe_unused]] const bool groups_known = SSL_CTX_set1_groups_list(context, "X25519:P-256") == 1;
  assert(ciphers_known && groups_known);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
}

/// API servers never resume sessions: tickets would be two records and their allocations for nothing in each handshake.
void disable_resumption(SSL_CTX* context) {
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

/// A connection holds a buffer only while a record arrives or leaves, and takes what has arrived with one call.
void save_memory(SSL_CTX* context) {
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(context, 1);
}

/// True where reading ended because there is no more, and not at something damaged.
bool was_the_last() {
  const bool is_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (is_end) ERR_clear_error();
  return is_end;
}

/// The first certificate is the server's own. False where one of them cannot be read.
bool use_certificates(SSL_CTX* context, const std::string& text) {
  const PemMemory memory = pem_memory(text);
  const Certificate own(PEM_read_bio_X509_AUX(memory.get(), nullptr, no_passphrase, nullptr));
  if (own == nullptr || SSL_CTX_use_certificate(context, own.get()) != 1) return false;
  while (const Certificate issuer{PEM_read_bio_X509(memory.get(), nullptr, no_passphrase, nullptr)})
    if (SSL_CTX_add1_chain_cert(context, issuer.get()) != 1) return false;
  return was_the_last();
}

/// False where it cannot be read, or is not that of the certificate, which was taken first.
bool use_key(SSL_CTX* context, const std::string& text) {
  const std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>> key(
      PEM_read_bio_PrivateKey(pem_memory(text).get(), nullptr, no_passphrase, nullptr));
  return key != nullptr && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

/// False where there is none, or one cannot be read.
bool trust_clients_of(SSL_CTX* context, const std::string& text) {
  const PemMemory memory = pem_memory(text);
  std::size_t count = 0;
  while (const Certificate authority{PEM_read_bio_X509_AUX(memory.get(), nullptr, no_passphrase, nullptr)}) {
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()) != 1) return false;
    ++count;
  }
  return count > 0 && was_the_last();
}

void load_certificate(SSL_CTX* context, const TlsSettings& settings, const TlsFiles& files) {
  ERR_clear_error();
  if (!use_certificates(context, files.certificate))
    throw InputError(settings.certificate_file, {}, "no usable certificate (" + openssl_reason() + ")",
                     "give a PEM file; `dotdiag-webhook certs` makes one");
  ERR_clear_error();
  if (!use_key(context, files.key))
    throw InputError(settings.key_file, {}, "not the unencrypted key of that certificate (" + openssl_reason() + ")",
                     "give the PEM file that was made together with " + settings.certificate_file);
}

void ask_for_client_certificate(SSL_CTX* context, const TlsSettings& settings, const TlsFiles& files) {
  if (settings.client_ca_file.empty()) {
    if (settings.client_name.empty()) return;
    throw InputError("--client-name " + settings.client_name, {}, "no client certificate is asked for",
                     "give --client-ca too");
  }
  ERR_clear_error();
  if (!trust_clients_of(context, files.client_cas))
    throw InputError(settings.client_ca_file, {}, "no usable CA certificate (" + openssl_reason() + ")",
                     "give a PEM file with the CAs of the API server's client certificate");
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  if (settings.client_name.empty()) return;
  X509_VERIFY_PARAM* rules = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT | X509_CHECK_FLAG_NO_WILDCARDS);
  if (X509_VERIFY_PARAM_set1_host(rules, settings.client_name.c_str(), 0) != 1) throw std::bad_alloc();
}

}  // namespace

TlsFiles read_tls_files(const TlsSettings& settings) {
  return {.certificate = read_bytes(settings.certificate_file),
          .key = read_bytes(settings.key_file),
          .client_cas = settings.client_ca_file.empty() ? std::string() : read_bytes(settings.client_ca_file)};
}

TlsContext make_tls_context(const TlsSettings& settings, const TlsFiles& files) {
  const TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (context == nullptr) throw std::bad_alloc();
  set_protocol(context.get(), settings.only_tls13);
  disable_resumption(context.get());
  save_memory(context.get());
  load_certificate(context.get(), settings, files);
  ask_for_client_certificate(context.get(), settings, files);
  return context;
}

}  // namespace dotdiag
