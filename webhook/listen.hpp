// Opens a listening socket. Only sources that speak to the network see this header: it is expensive.
#pragma once

#include "webhook/endpoint.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <string>

namespace dotdiag {

/// Throws InputError, which names `option`, where the endpoint cannot be listened at.
boost::asio::ip::tcp::acceptor listen(boost::asio::io_context& context, const Endpoint& endpoint,
                                      const std::string& option);

}  // namespace dotdiag
