#include "webhook/server_certificate.hpp"

#include "core/document/reader.hpp"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>
#include <string_view>

namespace dotdiag {
namespace {

using Time = ServerCertificate::Time;

Time time_of(const ASN1_TIME* time) {
  std::tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  return std::chrono::system_clock::from_time_t(::timegm(&parts));
}

std::string_view bytes_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

/// `127.0.0.1`, and the sixteen bytes of an IPv6 address likewise: only to be compared and shown.
std::string address_text(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes)
    text += (text.empty() ? "" : ".") + std::to_string(static_cast<unsigned char>(byte));
  return text;
}

std::vector<std::string> names_of(const X509* certificate) {
  const std::unique_ptr<GENERAL_NAMES, void (*)(GENERAL_NAMES*)> all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
      GENERAL_NAMES_free);
  std::vector<std::string> names;
  for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), i);
    if (name->type == GEN_DNS) names.emplace_back(bytes_of(name->d.dNSName));
    if (name->type == GEN_IPADD) names.push_back(address_text(bytes_of(name->d.iPAddress)));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::string certificate_bytes(const TlsSettings& settings) {
  std::string bytes = read_bytes(settings.certificate_file) + read_bytes(settings.key_file);
  if (!settings.client_ca_file.empty()) bytes += read_bytes(settings.client_ca_file);
  return bytes;
}

ServerCertificate load_server_certificate(const TlsSettings& settings) {
  ServerCertificate loaded;
  loaded.bytes =
      certificate_bytes(settings);  // first: where the files change in between, the next look loads them again
  loaded.context = make_tls_context(settings);
  const X509* certificate = SSL_CTX_get0_certificate(loaded.context.get());
  loaded.not_before = time_of(X509_get0_notBefore(certificate));
  loaded.not_after = time_of(X509_get0_notAfter(certificate));
  loaded.names = names_of(certificate);
  return loaded;
}

std::string reason_to_refuse(const ServerCertificate& fresh, const ServerCertificate& served, Time now) {
  if (now >= fresh.not_after) return "it expired at " + utc_text(fresh.not_after);
  if (now < fresh.not_before) return "it is not valid before " + utc_text(fresh.not_before);
  for (const std::string& name : served.names) {
    if (!std::binary_search(fresh.names.begin(), fresh.names.end(), name))
      return "it lacks the name `" + name + "` of the one that is served";
  }
  return {};
}

std::string utc_text(Time time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace dotdiag
