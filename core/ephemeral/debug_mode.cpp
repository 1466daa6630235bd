#include "core/ephemeral/debug_mode.hpp"

#include "core/policy/words.hpp"

#include <array>
#include <cassert>

namespace dotdiag {
namespace {

/// In the order of the enumeration.
constexpr std::array<std::string_view, 4> names = {"tmp", "port", "listen", "procroot"};

}  // namespace

std::string_view mode_name(DebugMode mode) {
  return names[static_cast<std::size_t>(mode)];
}

std::optional<DebugMode> mode_named(std::string_view name) {
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (names[index] == name) return static_cast<DebugMode>(index);
  }
  return std::nullopt;
}

std::string mode_names() {
  return joined(names);
}

DebugMode mode_of(const Policy& policy) {
  const std::string_view name = text_member(policy.debugger, "mode");
  const auto mode = mode_named(name);
  assert(name.empty() || mode);  // the schema saw to it
  return mode.value_or(DebugMode::tmp);
}

bool can_work(const Policy& policy, DebuggerKind kind, DebugMode mode) {
  if (kind == DebuggerKind::native) return !policy.native.is_null();
  return (mode_of(policy) == DebugMode::listen) == (mode == DebugMode::listen);
}

}  // namespace dotdiag
