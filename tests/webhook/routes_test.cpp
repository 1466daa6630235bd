#include "webhook/routes.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;

namespace {

constexpr std::string_view json_type = "application/json";

Routing decide(std::string_view method, std::string_view target, std::string_view content_type = {}) {
  return decide(RequestLine{method, target, content_type}, PolicySet::builtin());
}

}  // namespace

TEST_CASE("reviews and probes find their way, whatever the query says") {
  struct Case {
    std::string_view method, target, content_type;
    Action action;
    std::string_view policy;
    bool by_default = false;
  };
  const Case cases[] = {
      {"POST", "/mutate", json_type, Action::mutate, ""},
      {"POST", "/mutate?timeout=10s", json_type, Action::mutate, ""},
      {"POST", "/mutate?", json_type, Action::mutate, ""},
      {"POST", "/mutate/dotnet-monitor?timeout=1m0s&more=/x", json_type, Action::mutate, "dotnet-monitor"},
      {"POST", "/mutate-by-default?timeout=3s", json_type, Action::mutate, "", true},
      {"POST", "/mutate-by-default/dotnet-monitor", json_type, Action::mutate, "dotnet-monitor", true},
      {"GET", "/livez", "", Action::livez, ""},
      {"HEAD", "/livez?verbose", "", Action::livez, ""},
      {"GET", "/readyz", "", Action::readyz, ""},
      {"HEAD", "/readyz", "text/plain", Action::readyz, ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.method, c.target);
    const Routing routing = decide(c.method, c.target, c.content_type);
    CHECK(routing.action == c.action);
    CHECK(routing.policy == c.policy);
    CHECK(routing.by_default == c.by_default);
  }
}

TEST_CASE("the time that the client waits is read as Go writes it") {
  using std::chrono::milliseconds;
  struct Case {
    std::string_view query;
    std::optional<milliseconds> timeout;
  };
  const Case cases[] = {
      {"", {}},
      {"?", {}},
      {"?timeout=10s", milliseconds(10'000)},
      {"?a=b&timeout=500ms&c", milliseconds(500)},
      {"?timeout=1m30s", milliseconds(90'000)},
      {"?timeout=1.5s", milliseconds(1500)},
      {"?timeout=24h", milliseconds(86'400'000)},
      {"?timeout=25h", {}},
      {"?timeout=", {}},
      {"?timeout=10", {}},
      {"?timeout=-1s", {}},
      {"?timeout=1e9s", {}},
      {"?timeout=10sec", {}},
      {"?timeouts=10s", {}},
  };
  for (const Case& c : cases) {
    const std::string target = "/mutate" + std::string(c.query);
    CAPTURE(target);
    CHECK(decide("POST", target, json_type).timeout == c.timeout);
  }
}

TEST_CASE("what cannot be served is refused with the status that says why") {
  struct Case {
    std::string_view method, target, content_type;
    unsigned status;
    std::string_view allow;
  };
  const Case cases[] = {
      {"GET", "/", "", 404, ""},
      {"POST", "", json_type, 404, ""},
      {"POST", "/mutates", json_type, 404, ""},
      {"POST", "/Mutate", json_type, 404, ""},
      {"GET", "/livez/", "", 404, ""},
      {"GET", "/livez/dotnet-dump", "", 404, ""},
      {"OPTIONS", "*", "", 404, ""},
      {"POST", "/mutate/", json_type, 404, ""},
      {"POST", "/mutate/nonesuch", json_type, 404, ""},
      {"POST", "/mutate/dotnet-dump/", json_type, 404, ""},
      {"GET", "/mutate/nonesuch", "", 404, ""},
      {"GET", "/mutate", "", 405, "POST"},
      {"HEAD", "/mutate/dotnet-dump", "", 405, "POST"},
      {"POS", "/mutate", json_type, 405, "POST"},
      {"POST", "/livez", json_type, 405, "GET, HEAD"},
      {"", "/readyz", "", 405, "GET, HEAD"},
      {"GET,", "/readyz", "", 405, "GET, HEAD"},
      {"POST", "/mutate", "", 415, ""},
      {"POST", "/mutate", "text/json", 415, ""},
      {"POST", "/mutate/dotnet-dump", "application/yaml", 415, ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.method, c.target, c.content_type);
    const Routing routing = decide(c.method, c.target, c.content_type);
    CHECK(routing.action == Action::refuse);
    CHECK(routing.status == c.status);
    CHECK(routing.allow == c.allow);
    CHECK(routing.message.find(": ") != std::string::npos);
  }
}

TEST_CASE("JSON is known by its media type, however that is written") {
  for (const std::string_view type : {"application/json", "Application/JSON", "application/json; charset=utf-8",
                                      "application/json ;charset=utf-8", "application/json\t;x=y"}) {
    CAPTURE(type);
    CHECK(decide("POST", "/mutate", type).action == Action::mutate);
  }
  for (const std::string_view type : {"application/jsonp", "json", "application/json+patch", ";application/json"}) {
    CAPTURE(type);
    CHECK(decide("POST", "/mutate", type).status == 415);
  }
}

TEST_CASE("an unknown policy is answered with the names of those that exist") {
  const std::string message = decide("POST", "/mutate/nonesuch", json_type).message;
  for (const Policy& policy : PolicySet::builtin().all())
    CHECK(message.find(policy.name) != std::string::npos);
}
