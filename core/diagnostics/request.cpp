#include "core/diagnostics/request.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/message.hpp"

#include <array>
#include <cassert>

namespace dotdiag::diagnostics {

/// The one place that makes a Request.
class RequestMaker {
 public:
  static Request make(std::string name, std::uint8_t set, std::uint8_t id, const ByteWriter& payload) {
    return {std::move(name), encode_message(set, id, payload.bytes())};
  }
};

namespace {

constexpr std::uint8_t dump_set = 1, event_pipe_set = 2, process_set = 4;
constexpr std::uint32_t nettrace_format = 1;

void require(bool holds, const std::string& otherwise) {
  if (!holds) throw Failure(FailureKind::unsuitable, otherwise);
}

void require_text(std::string_view text, const std::string& what) {
  require(text.find('\0') == std::string_view::npos, what + " contains a zero byte: leave it out");
}

void require_path(const std::string& path) {
  require(!path.empty(), "the dump has no file name: name one");
  require(path.find('%') == std::string::npos, path + ": the runtime would expand the `%`: choose a name without one");
  require_text(path, "the dump's file name");
}

void require_wish(const SessionWish& wish) {
  require(wish.buffer_mb > 0, "a session needs a buffer: give it at least 1 MB");
  require(!wish.providers.empty(), "a session needs a provider: name at least one");
  require(wish.providers.size() <= 1000, "a session takes at most 1000 providers: leave some out");
  for (const Provider& provider : wish.providers) {
    require(!provider.name.empty(), "a provider has no name: give it one");
    require(provider.level <= 5, provider.name + ": the level is above 5: choose 0 to 5");
    require_text(provider.name, "a provider's name");
    require_text(provider.arguments, provider.name + ": the arguments");
  }
}

void write_providers(ByteWriter& payload, const std::vector<Provider>& providers) {
  payload.u32(static_cast<std::uint32_t>(providers.size()));
  for (const Provider& provider : providers)
    payload.u64(provider.keywords).u32(provider.level).counted(provider.name).counted(provider.arguments);
}

}  // namespace

Request process_info_request(int variant) {
  assert(variant >= 1 && variant <= 3);
  constexpr std::array<std::uint8_t, 3> ids = {0, 4, 8};
  const std::string name = variant == 1 ? "ProcessInfo" : "ProcessInfo" + std::to_string(variant);
  return RequestMaker::make(name, process_set, ids.at(static_cast<std::size_t>(variant - 1)), {});
}

Request process_environment_request() {
  return RequestMaker::make("ProcessEnvironment", process_set, 2, {});
}

Request resume_request() {
  return RequestMaker::make("ResumeRuntime", process_set, 1, {});
}

Request set_environment_request(std::string_view name, std::string_view value) {
  require(!name.empty(), "the environment variable has no name: give it one");
  require(name.find('=') == std::string_view::npos, std::string(name) + ": a variable's name has no `=`");
  require_text(name, "the variable's name");
  require_text(value, "the variable's value");
  return RequestMaker::make("SetEnvironmentVariable", process_set, 3, ByteWriter().counted(name).counted(value));
}

Request dump_request(int variant, const std::string& path, DumpType type) {
  assert(variant >= 1 && variant <= 3);
  require_path(path);
  const ByteWriter payload = ByteWriter().counted(path).u32(static_cast<std::uint32_t>(type)).u32(0);
  const std::string name = variant == 1 ? "GenerateCoreDump" : "GenerateCoreDump" + std::to_string(variant);
  return RequestMaker::make(name, dump_set, static_cast<std::uint8_t>(variant), payload);
}

Request collect_request_2(const SessionWish& wish) {
  require_wish(wish);
  ByteWriter payload;
  payload.u32(wish.buffer_mb).u32(nettrace_format).u8((wish.rundown & ~rundown_collector) != 0);
  write_providers(payload, wish.providers);
  return RequestMaker::make("CollectTracing2", event_pipe_set, 3, payload);
}

Request collect_request_4(const SessionWish& wish) {
  require_wish(wish);
  ByteWriter payload;
  payload.u32(wish.buffer_mb).u32(nettrace_format).u64(wish.rundown).u8(wish.stacks);
  write_providers(payload, wish.providers);
  return RequestMaker::make("CollectTracing4", event_pipe_set, 5, payload);
}

Request stop_request(std::uint64_t session) {
  return RequestMaker::make("StopTracing", event_pipe_set, 1, ByteWriter().u64(session));
}

}  // namespace dotdiag::diagnostics
