#include "webhook/routes.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace dotdiag {
namespace {

struct Route {
  std::string_view path;
  bool takes_policy;  ///< `<path>/<policy>` is served too
  std::string_view methods;
  Action action;
  bool by_default = false;
};

constexpr std::array<Route, 4> routes = {{
    {"/mutate", true, "POST", Action::mutate},
    {"/mutate-by-default", true, "POST", Action::mutate, true},
    {"/livez", false, "GET, HEAD", Action::livez},
    {"/readyz", false, "GET, HEAD", Action::readyz},
}};

/// What follows `route` in `path`: empty for the path itself, else with its slash; nothing where the path is another
/// one.
std::optional<std::string_view> rest_of(std::string_view path, const Route& route) {
  if (!path.starts_with(route.path)) return std::nullopt;
  path.remove_prefix(route.path.size());
  if (path.empty() || (route.takes_policy && path.front() == '/')) return path;
  return std::nullopt;
}

bool lists(std::string_view methods, std::string_view method) {
  while (!methods.empty()) {
    const std::size_t comma = std::min(methods.find(", "), methods.size());
    if (methods.substr(0, comma) == method) return true;
    methods.remove_prefix(std::min(comma + 2, methods.size()));
  }
  return false;
}

bool equal_but_for_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

/// Parameters such as `; charset=utf-8` are allowed: JSON is UTF-8 whatever they say.
bool is_json(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  while (content_type.ends_with(' ') || content_type.ends_with('\t'))
    content_type.remove_suffix(1);
  return equal_but_for_case(content_type, "application/json");
}

/// A duration as Go writes it, `10s`, `1m30s`, `1.5s`, in whole milliseconds; nothing where it is none, or more than a
/// day.
std::optional<std::chrono::milliseconds> go_duration(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, double>, 4> units = {
      {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}}};
  constexpr double day = 86'400'000;
  double total = 0;
  do {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc{} || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const auto unit = std::find_if(units.begin(), units.end(), [&](const auto& one) {
      const std::string_view rest = text.substr(std::min(one.first.size(), text.size()));
      return text.starts_with(one.first) && (rest.empty() || (rest.front() >= '0' && rest.front() <= '9'));
    });
    if (unit == units.end()) return std::nullopt;
    text.remove_prefix(unit->first.size());
    total += number * unit->second;
  } while (!text.empty());
  if (total > day) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(total));
}

/// The client's time, of a target such as `/mutate?timeout=10s`.
std::optional<std::chrono::milliseconds> timeout_of(std::string_view target) {
  constexpr std::string_view key = "timeout=";
  std::string_view query = target.substr(std::min(target.find('?'), target.size()));
  while (!query.empty()) {
    query.remove_prefix(1);  // the question mark, or the ampersand
    const std::string_view parameter = query.substr(0, query.find('&'));
    if (parameter.starts_with(key)) return go_duration(parameter.substr(key.size()));
    query.remove_prefix(parameter.size());
  }
  return std::nullopt;
}

Routing refusal(unsigned status, std::string message, std::string_view allow = {}) {
  return {.action = Action::refuse,
          .timeout = {},
          .policy = {},
          .by_default = false,
          .status = status,
          .allow = allow,
          .message = std::move(message)};
}

}  // namespace

Routing decide(const RequestLine& request, const PolicySet& policies) {
  const std::string_view path = request.target.substr(0, request.target.find('?'));
  for (const Route& route : routes) {
    const std::optional<std::string_view> rest = rest_of(path, route);
    if (!rest) continue;
    const std::string_view policy = rest->empty() ? *rest : rest->substr(1);
    if (!rest->empty() && policies.find(policy) == nullptr)
      return refusal(404,
                     "no such policy: use " + std::string(route.path) + "/ followed by one of " + policies.names());
    if (!lists(route.methods, request.method))
      return refusal(405, "method not allowed here: use " + std::string(route.methods), route.methods);
    if (route.action == Action::mutate && !is_json(request.content_type))
      return refusal(415, "not JSON: send an AdmissionReview as Content-Type: application/json");
    return {.action = route.action,
            .timeout = timeout_of(request.target),
            .policy = policy,
            .by_default = route.by_default};
  }
  return refusal(404,
                 "nothing here: reviews go to /mutate, /mutate/<policy>, /mutate-by-default or "
                 "/mutate-by-default/<policy>, probes to /livez and /readyz");
}

}  // namespace dotdiag
