#include "webhook/server_certificate.hpp"

#include "core/document/reader.hpp"
#include "webhook/certificate_facts.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace dotdiag {

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
  loaded.facts = facts_of(SSL_CTX_get0_certificate(loaded.context.get()));
  return loaded;
}

std::string reason_to_refuse(const ServerCertificate& fresh, const ServerCertificate& served,
                             ServerCertificate::Time now) {
  if (now >= fresh.facts.not_after) return "it expired at " + utc_text(fresh.facts.not_after);
  if (now < fresh.facts.not_before) return "it is not valid before " + utc_text(fresh.facts.not_before);
  for (const std::string& name : served.facts.names) {
    if (!std::binary_search(fresh.facts.names.begin(), fresh.facts.names.end(), name))
      return "it lacks the name `" + name + "` of the one that is served";
  }
  return {};
}

std::string utc_text(ServerCertificate::Time time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace dotdiag
