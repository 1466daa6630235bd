// The command line of dotdiag-webhook.
#pragma once

#include "webhook/bootstrap/api_cluster.hpp"
#include "webhook/certificates.hpp"
#include "webhook/serve_settings.hpp"

#include <string>
#include <variant>

namespace dotdiag {

struct ReviewOptions {
  std::string file;  ///< `-` for standard input
  PolicyOptions policies;
};

struct CertsOptions {
  CertificateRequest request;
  std::string directory;
  bool force = false;
  bool print_ca_bundle = false;
};

struct BootstrapOptions {
  BootstrapNames names;
  RenewalSettings renewal;
  std::string api_server;  ///< `https://HOST:PORT`; empty: as Kubernetes tells its pods
  std::string ca_file;     ///< empty: the service account's
  std::string token_file;  ///< likewise
};

/// Text instead of work: help and version (exit code 0, for standard output), or a misuse (2, for standard error).
struct Notice {
  std::string text;
  int exit_code = 0;
};

using Command = std::variant<ServeOptions, ReviewOptions, CertsOptions, BootstrapOptions, Notice>;

Command parse_command_line(int argc, const char* const* argv);

}  // namespace dotdiag
