// What a certificate says about itself.
#pragma once

#include <chrono>
#include <string>
#include <vector>

struct x509_st;  // OpenSSL's X509: its headers stay out of ours

namespace dotdiag {

struct CertificateFacts {
  using Time = std::chrono::system_clock::time_point;

  Time not_before;
  Time not_after;
  std::vector<std::string> names;  ///< its subject alternative names: DNS names, and addresses in numbers; sorted
  std::string common_name;         ///< empty where it has none
};

CertificateFacts facts_of(const x509_st* certificate);

}  // namespace dotdiag
