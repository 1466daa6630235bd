// Makes what the server needs where nothing else issues certificates: a CA and a server certificate signed by it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// Whom the certificate is for.
struct CertificateRequest {
  std::vector<std::string> dns_names;  ///< at least one name or address; a leading `*.` is allowed
  std::vector<std::string> addresses;  ///< IPv4 or IPv6
  int days = 365;                      ///< at least 1
  int ca_days = 0;                     ///< how long the CA is valid; 0: as long
  int starts_in_days = 0;              ///< from now; for tests of what is not valid yet or no longer
};

/// Three PEM texts. `key` belongs to `certificate`; the CA's own key is gone, so that nothing else can be signed with
/// it.
struct Certificates {
  std::string ca;
  std::string certificate;
  std::string key;
};

/// ECDSA P-256 throughout: a full handshake costs half of what RSA-2048 does, and the API server makes many. Valid from
/// five minutes before its start, for clocks that differ. Throws InputError for a name that is not a DNS name or an
/// address that is none.
Certificates make_certificates(const CertificateRequest& request);

/// `text` in base64 on one line, as `caBundle` in a webhook configuration holds it.
std::string base64(std::string_view text);

}  // namespace dotdiag
