// The two debuggers of a policy: the recipe's own, and the one without .NET.
#pragma once

#include "core/policy/policy.hpp"

#include <optional>
#include <string_view>

namespace dotdiag {

enum class DebuggerKind {
  sdk,     ///< the recipe's own: the .NET SDK with the dotnet-* tools, or dotnet-monitor
  native,  ///< dotdiag-collect: one static program, no .NET, no disk
};

/// `sdk`, `native`.
std::string_view debugger_kind_name(DebuggerKind kind);

/// The debugger of that name; nothing where there is none.
std::optional<DebuggerKind> debugger_kind_named(std::string_view name);

/// What the policy says of it. Throws InputError where the policy has no such debugger.
const Json& description_of(const Policy& policy, DebuggerKind kind);

}  // namespace dotdiag
