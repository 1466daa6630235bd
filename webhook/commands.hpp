// What dotdiag-webhook's subcommands do. Each answers its exit code and throws InputError for what a person can
// correct.
#pragma once

#include "webhook/options.hpp"

#include <string>

namespace dotdiag {

int serve(const ServeOptions& options);
int review(const ReviewOptions& options);
int make_certs(const CertsOptions& options);
int bootstrap(const BootstrapOptions& options);

/// Writes a file so that at each moment it is whole or not there at all; `mode` holds from its first byte.
void write_atomically(const std::string& path, std::string_view text, unsigned mode);

}  // namespace dotdiag
