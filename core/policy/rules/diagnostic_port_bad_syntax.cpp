#include "core/policy/rules/diagnostic_ports.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/words.hpp"

namespace dotdiag {
namespace {

/// `value` with no blanks around its parts.
std::string without_blanks(std::string_view value) {
  std::vector<std::string> ports;
  for (const auto port : split(value, ';'))
    ports.push_back(joined(split(port, ','), ","));
  return joined(ports, ";");
}

std::string remedy_for(const DiagnosticPort& port) {
  if (is_port_tag(port.address)) return "write the socket's path, then the tags";
  if (!is_absolute(trimmed(port.address))) return "write the socket's whole path";
  return port.listens ? "leave `listen` out" : "write " + shown(trimmed(port.address)) + ",nosuspend";
}

/// A port that does not suspend works in spite of tags that are ignored.
Severity severity_of(const DiagnosticPort& port) {
  const bool is_about_tags = is_absolute(port.address) && port.address == trimmed(port.address);
  return is_about_tags && (port.listens || !port.suspends) ? Severity::warning : Severity::error;
}

/// The requirement that is unmet because its address is written wrong: with blanks, or behind a tag.
std::string unmet_because_of(const Subject& subject, const ContainerView& container, const DiagnosticPort& port) {
  if (!is_port_tag(port.address)) return unmet_port(subject, container, trimmed(port.address));
  for (const std::string& tag : port.unknown_tags) {
    if (std::string id = unmet_port(subject, container, trimmed(tag)); !id.empty()) return id;
  }
  return {};
}

Hazard hazard_of(const Subject& subject, const DiagnosticPorts& all, const DiagnosticPort& port) {
  const Setting& setting = all.setting;
  Hazard hazard = hazard_at(all.container, setting.value.index,
                            setting.variable + " of " + named(all.container) + " " + fault_of(port), remedy_for(port));
  hazard.severity = severity_of(port);
  hazard.instead_of = unmet_because_of(subject, all.container, port);
  return hazard;
}

Hazard nothing_named(const DiagnosticPorts& all) {
  return hazard_at(all.container, all.setting.value.index,
                   all.setting.variable + " of " + named(all.container) + " names no address",
                   "write the socket's path, then the tags");
}

/// Takes the blanks out, where that is all that is wrong.
Edits fix_for(const DiagnosticPorts& all) {
  const std::string text = without_blanks(all.setting.value.value);
  if (!is_written_out(all.container, all.setting) || !is_faultless(text)) return {};
  return {with_value(all.container, all.setting, text)};
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const DiagnosticPorts& all : subject.ask(diagnostic_ports)) {
    if (all.ports.empty()) hazards.push_back(nothing_named(all));
    const std::size_t first = hazards.size();
    for (const DiagnosticPort& port : all.ports) {
      if (!fault_of(port).empty()) hazards.push_back(hazard_of(subject, all, port));
    }
    const Edits fix = first < hazards.size() ? fix_for(all) : Edits{};
    for (std::size_t index = first; index < hazards.size(); ++index)
      hazards[index].fix = fix;
  }
  return hazards;
}

}  // namespace

const Rule diagnostic_port_bad_syntax{
    "diagnostic-port-bad-syntax",
    Severity::error,
    Rule::Scope::pod,
    "DOTNET_DiagnosticPorts is not written as the runtime reads it",
    "The value is address[,tag...], more of them separated by semicolons. What comes first is the address, "
    "whatever it says, and blanks count: \"nosuspend,/diag/x.sock\" makes a port called nosuspend, and in "
    "\"/diag/x.sock, nosuspend\" the tag is unknown, so the application waits: \"The runtime has been configured "
    "to pause during startup\". The runtime only connects: it ignores a port that is to listen.",
    "Write the absolute path of the socket, then the tags, without blanks: /diag/dotnet-monitor.sock,nosuspend.",
    "https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port",
    check,
};

}  // namespace dotdiag
