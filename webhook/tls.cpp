#include "webhook/tls.hpp"

#include "core/document/error.hpp"
#include "core/document/reader.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cassert>
#include <new>
#include <string_view>

namespace dotdiag {
namespace {

/// OpenSSL's reason for the last failure, and an empty queue for the next one.
std::string openssl_reason() {
  const unsigned long code = ERR_peek_last_error();
  const char* reason = ERR_reason_error_string(code);
  ERR_clear_error();
  return reason == nullptr ? "unknown reason" : reason;
}

/// An encrypted key would otherwise make OpenSSL ask for the passphrase on the terminal and wait there for ever.
int no_passphrase(char*, int, int, void*) {
  return 0;
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

void load_certificate(SSL_CTX* context, const TlsSettings& settings) {
  read_bytes(settings.certificate_file);  // for its messages: OpenSSL's own do not say that a file is missing
  read_bytes(settings.key_file);
  SSL_CTX_set_default_passwd_cb(context, no_passphrase);
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(context, settings.certificate_file.c_str()) != 1)
    throw InputError(settings.certificate_file, {}, "no usable certificate (" + openssl_reason() + ")",
                     "give a PEM file; `dotdiag-webhook certs` makes one");
  // The certificate was taken first, so this also fails where the two do not belong together.
  if (SSL_CTX_use_PrivateKey_file(context, settings.key_file.c_str(), SSL_FILETYPE_PEM) != 1)
    throw InputError(settings.key_file, {}, "not the unencrypted key of that certificate (" + openssl_reason() + ")",
                     "give the PEM file that was made together with " + settings.certificate_file);
}

void ask_for_client_certificate(SSL_CTX* context, const TlsSettings& settings) {
  if (settings.client_ca_file.empty()) {
    if (settings.client_name.empty()) return;
    throw InputError("--client-name " + settings.client_name, {}, "no client certificate is asked for",
                     "give --client-ca too");
  }
  read_bytes(settings.client_ca_file);  // for its messages
  ERR_clear_error();
  if (SSL_CTX_load_verify_locations(context, settings.client_ca_file.c_str(), nullptr) != 1)
    throw InputError(settings.client_ca_file, {}, "no usable CA certificate (" + openssl_reason() + ")",
                     "give a PEM file with the CAs of the API server's client certificate");
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  if (settings.client_name.empty()) return;
  X509_VERIFY_PARAM* rules = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT | X509_CHECK_FLAG_NO_WILDCARDS);
  if (X509_VERIFY_PARAM_set1_host(rules, settings.client_name.c_str(), 0) != 1) throw std::bad_alloc();
}

}  // namespace

TlsContext make_tls_context(const TlsSettings& settings) {
  const TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (context == nullptr) throw std::bad_alloc();
  set_protocol(context.get(), settings.only_tls13);
  disable_resumption(context.get());
  save_memory(context.get());
  load_certificate(context.get(), settings);
  ask_for_client_certificate(context.get(), settings);
  return context;
}

}  // namespace dotdiag
