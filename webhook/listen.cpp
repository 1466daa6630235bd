#include "webhook/listen.hpp"

#include "core/document/error.hpp"

namespace dotdiag {

namespace asio = boost::asio;
using asio::ip::tcp;

tcp::acceptor listen(asio::io_context& context, const Endpoint& endpoint, const std::string& option) {
  boost::system::error_code error;
  const asio::ip::address address = asio::ip::make_address(endpoint.address, error);
  if (error) throw InputError(option + " " + endpoint.text(), {}, "not an address", "use 0.0.0.0:8443 or [::]:8443");
  const tcp::endpoint where(address, endpoint.port);
  tcp::acceptor acceptor(context);
  acceptor.open(where.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(where, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    throw InputError(option + " " + endpoint.text(), {}, "cannot listen there: " + error.message(),
                     "choose an address of this machine and a free port");
  return acceptor;
}

}  // namespace dotdiag
