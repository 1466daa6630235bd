// Where a server listens.
#pragma once

#include <cstdint>
#include <string>

namespace dotdiag {

struct Endpoint {
  std::string address;     ///< an IPv4 or IPv6 address of this machine
  std::uint16_t port = 0;  ///< 0: any free one

  /// `127.0.0.1:8443`, `[::]:8443`
  std::string text() const;
};

/// `HOST:PORT` in two: `[::]:8443` is `::` and 8443. Throws InputError, which names `option`, where it is something
/// else.
Endpoint parse_endpoint(const std::string& text, const std::string& option);

}  // namespace dotdiag
