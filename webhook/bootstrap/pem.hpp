// Certificates and keys as PEM texts hold them: what a Secret and a caBundle are made of.
#pragma once

#include "webhook/certificate_facts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct PemCertificate {
  std::string der;  ///< the certificate itself: two with the same bytes are the same one
  CertificateFacts facts;
};

/// The certificates in `text`, in their order. What stands between them is passed over; the first that cannot be read
/// ends the list.
std::vector<PemCertificate> read_pem_certificates(std::string_view text);

std::string write_pem_certificates(const std::vector<PemCertificate>& certificates);

/// True where `key` (PEM, not encrypted) is the private key of the certificate.
bool is_key_of(const PemCertificate& certificate, std::string_view key);

/// True where the CA's key signed the certificate. Dates are not looked at.
bool is_signed_by(const PemCertificate& certificate, const PemCertificate& ca);

}  // namespace dotdiag
