// Everything that is ever sent to a runtime. A request that is too short or has an empty file name kills .NET 3.1 and
// 10 (dotnet/runtime#101764): so a Request can only be made here, whole, and nothing else can be sent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::diagnostics {

/// A whole, well-formed message. A runtime that does not know the command answers so, and is unharmed.
class Request {
 public:
  const std::string& bytes() const { return bytes_; }
  /// What messages call it: the command's name in the protocol.
  const std::string& name() const { return name_; }

 private:
  friend class RequestMaker;
  Request(std::string name, std::string bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {}

  std::string name_;
  std::string bytes_;
};

/// ProcessInfo, ProcessInfo2 or ProcessInfo3: `variant` is 1, 2 or 3.
Request process_info_request(int variant);
Request process_environment_request();
Request resume_request();
Request set_environment_request(std::string_view name, std::string_view value);

/// What a dump holds; the numbers are the protocol's.
enum class DumpType : std::uint32_t { mini = 1, heap = 2, triage = 3, full = 4 };

/// The three forms of the command: 1 is known everywhere, 2 takes flags, 3 says why it failed (.NET 7 and later).
/// `path` is the target's. Throws an unsuitable Failure where it is empty, holds a zero, or a `%`, which the runtime
/// would expand.
Request dump_request(int variant, const std::string& path, DumpType type);

/// A source of events, as a session asks for it.
struct Provider {
  std::string name;
  std::uint64_t keywords = 0;
  std::uint32_t level = 4;     ///< 0 to 5: always, critical, error, warning, informational, verbose
  std::string arguments = {};  ///< `Key=Value;Key=Value`
};

/// What the runtime writes at the end of a session, so that addresses and modules get names.
inline constexpr std::uint64_t rundown_collector = 0x1, rundown_modules = 0x8, rundown_methods = 0x10,
                               rundown_default = 0x80020139;

struct SessionWish {
  std::uint32_t buffer_mb = 256;            ///< taken from the target's memory
  std::uint64_t rundown = rundown_default;  ///< keywords, 0 for none; runtimes before 9.0 know only all or none
  bool stacks = true;                       ///< known since 9.0
  std::vector<Provider> providers;
};

/// CollectTracing2 (yes or no to the rundown: no where only the collector's settings are wished, which is not worth all
/// of it) and CollectTracing4 (keywords). Throw an unsuitable Failure where the runtime would refuse: no provider, more
/// than 1000, one without a name, a level above 5, no buffer.
Request collect_request_2(const SessionWish& wish);
Request collect_request_4(const SessionWish& wish);

Request stop_request(std::uint64_t session);

}  // namespace dotdiag::diagnostics
