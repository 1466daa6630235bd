// What dotdiag-webhook's subcommands do. Each answers its exit code and throws InputError for what a person can
// correct.
#pragma once

#include "webhook/options.hpp"

#include <string>

namespace dotdiag {

int serve(const ServeOptions& options);
int review(const ReviewOptions& options);
int make_certs(const CertsOptions& options);

/// What admission works with. `storage` keeps the policies where they come from a directory and must outlive the
/// result. Throws InputError where the default policy is not among them.
AdmissionSettings admission_settings(const PolicyOptions& options, PolicySet& storage);

/// Writes a file so that at each moment it is whole or not there at all; `mode` holds from its first byte.
void write_atomically(const std::string& path, std::string_view text, unsigned mode);

}  // namespace dotdiag
