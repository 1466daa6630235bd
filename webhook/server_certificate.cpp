#include "webhook/server_certificate.hpp"

#include "webhook/certificate_facts.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

namespace dotdiag {

ServerCertificate load_server_certificate(const TlsSettings& settings, TlsFiles files) {
  const TlsContext context = make_tls_context(settings, files);
  return {.context = context, .files = std::move(files), .facts = facts_of(SSL_CTX_get0_certificate(context.get()))};
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
