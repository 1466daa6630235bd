// dotdiag-webhook certs: makes a CA and a server certificate, so that the webhook runs without cert-manager.
#include "core/document/error.hpp"
#include "webhook/commands.hpp"

#include <array>
#include <filesystem>
#include <iostream>

namespace dotdiag {
namespace {

struct File {
  std::string path;
  const std::string* text;
  unsigned mode;
};

void make_directory(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error)
    throw InputError("--out " + directory, {}, "cannot be made: " + error.message(), "choose another directory");
}

void refuse_to_overwrite(const std::string& path) {
  if (std::filesystem::exists(path))
    throw InputError(path, {}, "is already there", "choose another directory, or add --force to overwrite it");
}

}  // namespace

int make_certs(const CertsOptions& options) {
  const Certificates made = make_certificates(options.request);
  const std::filesystem::path directory = options.directory;
  const std::array<File, 3> files = {{{directory / "ca.crt", &made.ca, 0644},
                                      {directory / "tls.crt", &made.certificate, 0644},
                                      {directory / "tls.key", &made.key, 0600}}};
  make_directory(options.directory);
  for (const File& file : files)
    if (!options.force) refuse_to_overwrite(file.path);
  for (const File& file : files) {
    write_atomically(file.path, *file.text, file.mode);
    std::cout << "wrote " << file.path << '\n';
  }
  if (options.print_ca_bundle) std::cout << "caBundle: " << base64(made.ca) << '\n';
  return 0;
}

}  // namespace dotdiag
