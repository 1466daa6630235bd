#include "webhook/commands.hpp"
#include "webhook/heap.hpp"

#include <csignal>
#include <string>

namespace dotdiag {

int serve(const ServeOptions& options) {
  give_memory_back();
  std::signal(SIGPIPE, SIG_IGN);  // a client that goes away while it is answered is an error of that write alone
  PolicySet policies;
  ServerSettings settings = options.server;
  const std::string own_namespace = settings.admission.own_namespace;
  settings.admission = admission_settings(options.policies, policies);
  settings.admission.own_namespace = own_namespace;
  Log log(options.log_level);
  Server server(settings, log);
  server.stop_on_signals();
  log.info("listening", {{"address", settings.address},
                         {"port", std::to_string(server.port())},
                         {"policies", settings.admission.policies->names()},
                         {"version", std::string_view(DOTDIAG_VERSION)}});
  if (server.run())
    log.info("stopped");
  else
    log.warning("stopped, and closed connections that were still open");
  return 0;
}

}  // namespace dotdiag
