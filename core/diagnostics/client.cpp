#include "core/diagnostics/client.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/hresult.hpp"
#include "core/diagnostics/message.hpp"

namespace dotdiag::diagnostics {
namespace {

/// Far more than a process can have been started with.
constexpr std::uint32_t largest_environment = 64u << 20;

/// Runs `step`; says of what goes wrong in it which command it happened to.
template <typename Step>
auto named(const Request& request, Step step) {
  try {
    return step();
  } catch (const Failure& failure) {
    if (failure.kind() == FailureKind::refused) throw;  // names the command already
    throw Failure(failure.kind(), request.name() + ": " + failure.what());
  }
}

}  // namespace

Connection Client::send(const Request& request, Deadline deadline) {
  Connection connection = address_.connect(deadline);
  named(request, [&] { connection.send(request.bytes(), deadline); });
  return connection;
}

std::string Client::answer(Connection& connection, const Request& request, Deadline deadline) {
  return named(request, [&] {
    const MessageHeader header = parse_header(connection.receive(header_size, deadline));
    std::string payload = connection.receive(header.payload_size, deadline);
    check_answer(header, payload, request.name());
    return payload;
  });
}

Reply Client::ask(const Request& request, std::chrono::milliseconds limit) {
  const Deadline deadline = Deadline::in(limit);
  Connection connection = send(request, deadline);
  std::string payload = answer(connection, request, deadline);
  return {std::move(payload), std::move(connection)};
}

ProcessInfo Client::process_info() {
  for (int variant = 3; variant >= 1; --variant) {
    try {
      const Request request = process_info_request(variant);
      const std::string payload = ask(request).payload;
      return named(request, [&] { return parse_process_info(payload, variant); });
    } catch (const Failure& failure) {
      if (failure.hresult() != hresult_unknown_command) throw;
    }
  }
  return {};
}

std::vector<std::string> Client::environment() {
  const Deadline deadline = Deadline::in(limit_);
  const Request request = process_environment_request();
  Reply reply = ask(request);
  return named(request, [&] {
    const std::uint32_t size = ByteReader(reply.payload).u32();
    if (size > largest_environment)
      throw Failure(FailureKind::malformed,
                    "the runtime announces " + std::to_string(size) + " bytes, which no environment has");
    return parse_environment(reply.connection.receive(size, deadline));
  });
}

}  // namespace dotdiag::diagnostics
