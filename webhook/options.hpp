// The command line of dotdiag-webhook.
#pragma once

#include "webhook/certificates.hpp"
#include "webhook/log.hpp"
#include "webhook/server.hpp"

#include <string>
#include <variant>

namespace dotdiag {

/// Where policies come from, and which one `"true"` stands for.
struct PolicyOptions {
  std::string directory;  ///< empty: those that are built in
  std::string default_policy{default_policy_name};
};

struct ServeOptions {
  ServerSettings server;
  PolicyOptions policies;
  LogLevel log_level = LogLevel::info;
};

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

/// Text instead of work: help and version (exit code 0, for standard output), or a misuse (2, for standard error).
struct Notice {
  std::string text;
  int exit_code = 0;
};

using Command = std::variant<ServeOptions, ReviewOptions, CertsOptions, Notice>;

Command parse_command_line(int argc, const char* const* argv);

/// `HOST:PORT` in two: `[::]:8443` is `::` and 8443. Throws InputError where it is something else.
void parse_endpoint(const std::string& text, ServerSettings& settings);

}  // namespace dotdiag
