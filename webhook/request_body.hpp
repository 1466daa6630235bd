// The body of a request, as Beast's parser fills it. Only session.cpp sees this header.
#pragma once

#include "webhook/session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional.hpp>

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>

namespace dotdiag {

/// A body that grows with what arrives, as long as all bodies together stay below a limit. (Beast's own string_body
/// reserves what Content-Length claims, for each client that claims it.)
struct RequestBody {
  struct value_type {
    std::string text;
    std::optional<Share> budget;  ///< absent: there is no room for this body, and what arrives is thrown away
    const std::atomic<std::size_t>* all_bodies = nullptr;
    std::size_t limit = 0;

    /// From now on what arrives is kept.
    void keep(std::atomic<std::size_t>& bytes_of_all, std::size_t limit_of_all) {
      budget.emplace(bytes_of_all, 0);
      all_bodies = &bytes_of_all;
      limit = limit_of_all;
    }
    void give_up() {
      std::string().swap(text);  // assigning an empty string would keep the memory
      budget.reset();
    }
  };

  class reader {
   public:
    using Error = boost::system::error_code;
    template <bool is_request, class Fields>
    reader(boost::beast::http::header<is_request, Fields>&, value_type& body) : body_(body) {}
    void init(const boost::optional<std::uint64_t>&, Error& error) { error = {}; }
    void finish(Error& error) { error = {}; }

    template <class Buffers>
    std::size_t put(const Buffers& buffers, Error& error) {
      error = {};
      for (const boost::asio::const_buffer buffer : boost::beast::buffers_range_ref(buffers))
        take(buffer);
      return boost::beast::buffer_bytes(buffers);
    }

   private:
    void take(boost::asio::const_buffer buffer) {
      if (!body_.budget) return;
      body_.budget->grow(buffer.size());
      body_.text.append(static_cast<const char*>(buffer.data()), buffer.size());
      if (*body_.all_bodies > body_.limit) body_.give_up();
    }

    value_type& body_;
  };
};

}  // namespace dotdiag
