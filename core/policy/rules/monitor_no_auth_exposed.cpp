#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

/// The host in `http://host:port`, without the brackets of an IPv6 address.
std::string_view host_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find('/'));
  if (!url.empty() && url.front() == '[') return url.substr(1, std::max<std::size_t>(url.find(']'), 1) - 1);
  return url.substr(0, url.rfind(':'));
}

bool is_loopback(std::string_view host) {
  return equal_but_for_case(host, "localhost") || host.substr(0, 4) == "127." || host == "::1";
}

/// The first address that is open to others; empty where there is none.
std::string exposed(std::string_view urls) {
  for (const auto url : split(urls, ';')) {
    if (!url.empty() && !is_loopback(host_of(url))) return std::string(url);
  }
  return {};
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    const Monitor::Word* no_auth = monitor.flag("--no-auth");
    const MonitorSetting urls = monitor.urls();
    const std::string url = urls.is_known() ? exposed(urls.value) : "";
    if (no_auth == nullptr || url.empty()) continue;
    hazards.push_back({std::string(monitor.container().name()),
                       urls.at == monitor.container().path ? no_auth->at : urls.at,
                       monitor.subject() + " gives dumps of memory to anybody, at " + url + " with --no-auth",
                       "set DOTNETMONITOR_Urls=http://localhost:52323"});
  }
  return hazards;
}

}  // namespace

const Rule monitor_no_auth_exposed{
    "monitor-no-auth-exposed",
    Severity::error,
    Rule::Scope::monitor,
    "the monitor hands out memory to everybody who can reach the pod",
    "With --no-auth, who can reach the address can take dumps, and with them passwords, keys and customers' data. "
    "An address other than localhost is open to every pod of the cluster, unless a NetworkPolicy forbids it. "
    "kubectl port-forward reaches localhost as well.",
    "Set DOTNETMONITOR_Urls=http://localhost:52323, or remove --no-auth and use --temp-apikey or an API key.",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/authentication.md",
    check,
};

}  // namespace dotdiag
