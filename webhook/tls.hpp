// How the server speaks TLS: versions, ciphers and the certificate, set once on an OpenSSL context.
#pragma once

#include <memory>
#include <string>

struct ssl_ctx_st;  // OpenSSL's SSL_CTX: its headers stay out of ours

namespace dotdiag {

struct TlsSettings {
  std::string certificate_file;     ///< PEM: the server's certificate, then those between it and the CA
  std::string key_file;             ///< PEM, not encrypted
  bool only_tls13 = false;          ///< otherwise TLS 1.2 is served too
  std::string client_ca_file = {};  ///< PEM; not empty: clients must show a certificate that one of these CAs signed
  std::string client_name = {};     ///< not empty: which has this as its common name or among its DNS names
};

/// What the files hold. They may be replaced at any moment, so a context is made of what was read once: what is served
/// and what is compared with the next reading are the same.
struct TlsFiles {
  std::string certificate;
  std::string key;
  std::string client_cas;  ///< empty where no client certificate is asked for

  bool operator==(const TlsFiles&) const = default;
};

/// Throws InputError where one cannot be read.
TlsFiles read_tls_files(const TlsSettings& settings);

/// What all connections of one certificate share. A context in use must not change.
using TlsContext = std::shared_ptr<ssl_ctx_st>;

/// A server's context. Throws InputError, with the names in `settings`, where a file cannot be used or the key is not
/// the certificate's.
TlsContext make_tls_context(const TlsSettings& settings, const TlsFiles& files);

}  // namespace dotdiag
