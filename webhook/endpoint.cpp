#include "webhook/endpoint.hpp"

#include "core/document/error.hpp"

#include <charconv>

namespace dotdiag {

std::string Endpoint::text() const {
  const bool is_ipv6 = address.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

Endpoint parse_endpoint(const std::string& text, const std::string& option) {
  const std::size_t colon = text.rfind(':');
  const std::string host = text.substr(0, colon);
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  const char* const end = port.data() + port.size();
  Endpoint endpoint;
  const auto [rest, error] = std::from_chars(port.data(), end, endpoint.port);
  const bool is_bracketed = host.size() > 2 && host.starts_with('[') && host.ends_with(']');
  const bool is_plain = !host.empty() && host.find_first_of(":[]") == std::string::npos;
  if (error != std::errc{} || rest != end || !(is_bracketed || is_plain))
    throw InputError(option + " " + text, {}, "not HOST:PORT",
                     "use an address and a port, such as 0.0.0.0:8443 or [::]:8443");
  endpoint.address = is_bracketed ? host.substr(1, host.size() - 2) : host;
  return endpoint;
}

}  // namespace dotdiag
