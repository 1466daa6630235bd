// The certificate that the server shows, and when another one may take its place.
#pragma once

#include "webhook/certificate_facts.hpp"
#include "webhook/tls.hpp"

#include <string>

namespace dotdiag {

struct ServerCertificate {
  using Time = CertificateFacts::Time;

  TlsContext context;
  TlsFiles files;          ///< that it was made of
  CertificateFacts facts;  ///< of the server's own certificate, not of those between it and the CA
};

/// Throws InputError where a file cannot be used or the key is not the certificate's.
ServerCertificate load_server_certificate(const TlsSettings& settings, TlsFiles files);

/// Why `fresh` must not be shown instead of `served`: it has expired, is not valid yet, or lacks a name by which
/// clients call the server. Empty where it may.
std::string reason_to_refuse(const ServerCertificate& fresh, const ServerCertificate& served,
                             ServerCertificate::Time now);

/// `2026-01-31T23:59:59Z`
std::string utc_text(ServerCertificate::Time time);

}  // namespace dotdiag
