#include "webhook/commands.hpp"
#include "webhook/heap.hpp"

#include <csignal>
#include <string>

namespace dotdiag {

int serve(const ServeOptions& options) {
  give_memory_back();
  std::signal(SIGPIPE, SIG_IGN);  // a client that goes away while it is answered is an error of that write alone
  Log log;
  log.set(options.log_level, options.log_format);
  Server server(options.server, log);
  server.obey_signals();
  log.info("listening", {{"address", options.server.endpoint.address},
                         {"port", std::to_string(server.port())},
                         {"admin", std::to_string(server.admin_port())},
                         {"policies", server.policies()},
                         {"version", std::string_view(DOTDIAG_VERSION)}});
  if (server.run())
    log.info("stopped");
  else
    log.warning("stopped, and closed connections that were still open");
  return 0;
}

}  // namespace dotdiag
