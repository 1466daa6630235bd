// dotdiag-webhook: prepares .NET workloads for diagnosis as they are deployed.
#include "core/document/error.hpp"
#include "webhook/commands.hpp"

#include <exception>
#include <iostream>

namespace {

using namespace dotdiag;

struct Run {
  int operator()(const ServeOptions& options) const { return serve(options); }
  int operator()(const ReviewOptions& options) const { return review(options); }
  int operator()(const CertsOptions& options) const { return make_certs(options); }
  int operator()(const BootstrapOptions& options) const { return bootstrap(options); }
  int operator()(const Notice& notice) const {
    (notice.exit_code == 0 ? std::cout : std::cerr) << notice.text;
    return notice.exit_code;
  }
};

}  // namespace

int main(int argc, char** argv) {
  try {
    return std::visit(Run{}, parse_command_line(argc, argv));
  } catch (const InputError& error) {
    std::cerr << "dotdiag-webhook: " << error.what() << '\n';
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "dotdiag-webhook: unexpected error: " << error.what() << '\n';
    return 1;
  }
}
