// diagnostic-port: the runtime connects to a socket at which dotnet-monitor will listen (DOTNET_DiagnosticPorts, .NET
// 5+).
//
// The address must not suspend: the monitor is injected later, so an application that waits for it never starts.
// A value that names other addresses is the user's own and stays; where conflicts are to be overridden, ours is
// appended.
#include "core/policy/kinds.hpp"
#include "core/policy/runtime_settings.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::string_view variable_name = "DOTNET_DiagnosticPorts";

/// `value` with our port: its tag added where only that is missing, else behind the others.
std::string with_port(std::string_view value, const std::string& address) {
  std::string text(value);
  const auto at = text.find(address);
  const auto ports = parse_diagnostic_ports(value);
  const bool is_there =
      std::any_of(ports.begin(), ports.end(), [&](const auto& port) { return port.address == address; });
  if (is_there) return text.insert(at + address.size(), ",nosuspend");
  while (!text.empty() && text.back() == ';')
    text.pop_back();
  return text + (text.empty() ? "" : ";") + address + ",nosuspend";
}

/// `value` so that the kubelet, which reads `$$` as `$` and expands `$(NAME)`, makes `value` of it.
std::string unexpanded(std::string_view value) {
  std::string text;
  for (const char character : value)
    text += character == '$' ? "$$" : std::string(1, character);
  return text;
}

}  // namespace

std::optional<Unmet> check_diagnostic_port(const Check& check) {
  const std::string name(variable_name);
  const auto directory = check.directory_of(check.parameter("directoryOf"));
  if (!directory) return std::nullopt;
  const std::string address = *directory + "/" + std::string(check.parameter("socket"));
  const std::string wanted = address + ",nosuspend";
  const EnvValue value = env_value(*check.container->json, name);

  if (value.is_absent()) {
    return check.missing(check.subject() + " does not set " + name + "=" + wanted, "set " + name + "=" + wanted,
                         {append_item(check.pod.document(), check.container->path / "env",
                                      object_of({{"name", name}, {"value", wanted}}))});
  }
  if (value.kind == EnvValue::Kind::unknown) {
    check.warn(check.container->path / "env" / value.index, name + " cannot be checked (" + value.why_unknown + ")",
               "make sure that it names " + wanted);
    return std::nullopt;
  }
  const auto ports = parse_diagnostic_ports(value.value);
  const auto ours = std::find_if(ports.begin(), ports.end(), [&](const auto& port) { return port.address == address; });
  if (ours != ports.end() && !ours->suspends) return std::nullopt;

  const Pointer variable = check.container->path / "env" / value.index;
  const std::string complete = with_port(value.value, address);
  const std::string message = ours == ports.end() ? check.subject() + " has other " + name
                                                  : check.subject() + " waits for a monitor at " + address;
  const std::string remedy = ours == ports.end() ? "append ;" + wanted : "append ,nosuspend";
  Unmet unmet = check.conflict(variable, message, remedy);
  if (check.choices.override_conflicts) {
    unmet.edits.push_back(set_member(check.pod.document(), variable / "value", unexpanded(complete)));
  }
  return unmet;
}

}  // namespace dotdiag
