#include "core/ephemeral/debugger_kind.hpp"

#include "core/document/error.hpp"

namespace dotdiag {

std::string_view debugger_kind_name(DebuggerKind kind) {
  return kind == DebuggerKind::native ? "native" : "sdk";
}

std::optional<DebuggerKind> debugger_kind_named(std::string_view name) {
  if (name == "sdk") return DebuggerKind::sdk;
  return name == "native" ? std::optional(DebuggerKind::native) : std::nullopt;
}

const Json& description_of(const Policy& policy, DebuggerKind kind) {
  if (kind == DebuggerKind::sdk) return policy.debugger;
  if (policy.native.is_null())
    throw InputError("--debugger", {}, "the policy " + policy.name + " has no debugger `native`",
                     "add the member `native` to it (policies/README.md), or choose another --policy");
  return policy.native;
}

}  // namespace dotdiag
