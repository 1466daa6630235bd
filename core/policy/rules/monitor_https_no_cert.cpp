#include "core/policy/rules/monitoring.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

bool starts_with(std::string_view text, std::string_view head) {
  return equal_but_for_case(text.substr(0, head.size()), head);
}

/// True where there is an address, and each is https.
bool is_https_only(std::string_view urls) {
  const auto all = split(urls, ';');
  return std::all_of(all.begin(), all.end(),
                     [](std::string_view url) { return url.empty() || starts_with(url, "https://"); }) &&
         std::any_of(all.begin(), all.end(), [](std::string_view url) { return !url.empty(); });
}

/// True where a certificate is configured, or may be in files that are not seen here.
bool may_have_certificate(const Monitor& monitor) {
  return !monitor.first_of("Kestrel__").is_absent() || !monitor.first_of("ASPNETCORE_Kestrel__").is_absent();
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const Monitor& monitor : subject.ask(monitors_of)) {
    const MonitorSetting urls = monitor.urls();
    if (!urls.is_known() || !is_https_only(urls.value) || may_have_certificate(monitor)) continue;
    hazards.push_back({std::string(monitor.container().name()), urls.at,
                       monitor.subject() + " serves " + urls.value + ", but no certificate is configured",
                       "set DOTNETMONITOR_Urls=http://localhost:52323"});
  }
  return hazards;
}

}  // namespace

const Rule monitor_https_no_cert{
    "monitor-https-no-cert",
    Severity::warning,
    Rule::Scope::monitor,
    "the monitor serves https only, and has no certificate",
    "By default dotnet-monitor serves https, and the image brings no certificate: \"Unable to listen to "
    "https://+:52323. Dotnet-monitor functionality will be limited.\", or, where no other address is left, "
    "\"Unable to bind any urls.\" Metrics may still work; dumps and traces cannot be asked for.",
    "Set DOTNETMONITOR_Urls=http://localhost:52323 and use kubectl port-forward, or configure a certificate "
    "(Kestrel__Certificates__Default__Path).",
    "https://github.com/dotnet/dotnet-monitor/blob/main/documentation/kubernetes.md",
    check,
};

}  // namespace dotdiag
