// Any bytes as an answer of a runtime: it is understood, or a Failure says in words why not.
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/message.hpp"
#include "core/diagnostics/process_info.hpp"
#include "core/diagnostics/socket_name.hpp"
#include "fuzz/property.hpp"

#include <algorithm>
#include <functional>
#include <string>

namespace dotdiag::fuzz {
namespace {

using namespace dotdiag::diagnostics;

void attempt(const std::function<void()>& parse) {
  try {
    parse();
  } catch (const Failure& failure) {
    require(std::string_view(failure.what()).size() > 10, "a failure has words", failure.what());
  }
}

void check_message(std::string_view input) {
  const MessageHeader header = parse_header(input.substr(0, header_size));
  const std::string_view payload = input.substr(std::min(header_size, input.size())).substr(0, header.payload_size);
  check_answer(header, payload, "Command");
  for (int variant = 1; variant <= 3; ++variant)
    attempt([&] { parse_process_info(payload, variant); });
}

}  // namespace

void check(std::string_view input) {
  attempt([&] { check_message(input); });
  attempt([&] { parse_environment(input); });
  if (const auto name = parse_socket_name(input)) require(name->inner_pid > 0, "a socket's name has a pid");
  const RuntimeVersion version = parse_runtime_version(input);
  require(version.major >= 0 && version.minor >= 0 && version.patch >= 0, "a version has no negative number");
}

}  // namespace dotdiag::fuzz
