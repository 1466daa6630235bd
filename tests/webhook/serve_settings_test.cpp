#include "webhook/serve_settings.hpp"

#include "core/document/error.hpp"
#include "core/document/reader.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

namespace dotdiag::test {
namespace {

using Catch::Contains;
using std::chrono::seconds;

const Flags needed = {{"cert", "c.pem"}, {"key", "k.pem"}};

const char* nothing(const char*) {
  return nullptr;
}

/// Something that each setting can be, other than its default, and how that shows.
struct Value {
  std::string text;
  std::string wrong;  ///< empty: any text will do
  std::function<bool(const ServeOptions&)> holds;
};

const std::map<std::string_view, Value> values = {
    {"listen", {"127.0.0.1:1", "here", [](auto& o) { return o.server.endpoint.text() == "127.0.0.1:1"; }}},
    {"admin", {"[::1]:2", "2", [](auto& o) { return o.server.admin && o.server.admin->text() == "[::1]:2"; }}},
    {"cert", {"a.pem", "", [](auto& o) { return o.server.tls.certificate_file == "a.pem"; }}},
    {"key", {"b.pem", "", [](auto& o) { return o.server.tls.key_file == "b.pem"; }}},
    {"client-ca", {"ca.pem", "", [](auto& o) { return o.server.tls.client_ca_file == "ca.pem"; }}},
    {"client-name", {"api", "", [](auto& o) { return o.server.tls.client_name == "api"; }}},
    {"tls-min", {"1.3", "1.1", [](auto& o) { return o.server.tls.only_tls13; }}},
    {"policies", {"dir", "", [](auto& o) { return o.server.policies.directory == "dir"; }}},
    {"default-policy", {"mine", "", [](auto& o) { return o.server.policies.default_policy == "mine"; }}},
    {"namespace", {"ns", "", [](auto& o) { return o.server.policies.own_namespace == "ns"; }}},
    {"threads", {"63", "65", [](auto& o) { return o.server.threads == 63; }}},
    {"max-connections", {"7", "0", [](auto& o) { return o.server.limits.connections == 7; }}},
    {"shutdown-delay", {"3", "3s", [](auto& o) { return o.server.timeouts.drain == seconds(3); }}},
    {"shutdown-timeout", {"4", "-4", [](auto& o) { return o.server.timeouts.last_connections == seconds(4); }}},
    {"log-level", {"error", "loud", [](auto& o) { return o.log_level == LogLevel::error; }}},
    {"log-format", {"text", "xml", [](auto& o) { return o.log_format == LogFormat::text; }}},
};

Flags with(const std::string& name, const std::string& value) {
  Flags flags = needed;
  flags[name] = value;
  return flags;
}

/// Flags without the one whose setting is to come from elsewhere.
Flags without(std::string_view name) {
  Flags flags = needed;
  if (const auto found = flags.find(name); found != flags.end()) flags.erase(found);
  return flags;
}

Environment environment_with(const std::string& name, const std::string& value) {
  return [=](const char* asked) { return asked == name ? value.c_str() : nullptr; };
}

/// In Markdown.
std::string settings_table() {
  std::string text = "| flag | environment | file | default | live | what |\n|---|---|---|---|---|---|\n";
  for (const ServeSetting& setting : serve_settings()) {
    const std::string shown = setting.shown_initial();
    const std::string initial = shown == setting.initial ? "`" + shown + "`" : shown;
    text += "| `" + setting.flag() + "` | `" + setting.environment() + "` | `" + setting.member() + "` | " +
            (setting.initial.empty() ? "" : initial) + " | " + (setting.is_live ? "yes" : "") + " | " +
            std::string(setting.help) + " |\n";
  }
  return text;
}

std::string error_of(const Flags& flags, const Environment& environment = nothing) {
  try {
    read_serve_options(flags, environment);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("each setting can be given as a flag, in the environment and in a file") {
  const TemporaryDirectory directory;
  for (const ServeSetting& setting : serve_settings()) {
    CAPTURE(setting.name);
    const auto found = values.find(setting.name);
    REQUIRE(found != values.end());
    const Value& value = found->second;
    CHECK_FALSE(value.holds(read_serve_options(needed, nothing)));
    CHECK(value.holds(read_serve_options(with(std::string(setting.name), value.text), nothing)));
    CHECK(value.holds(read_serve_options(without(setting.name), environment_with(setting.environment(), value.text))));
    Flags flags = without(setting.name);
    flags["config"] = directory.write("config.yaml", "# settings\n" + setting.member() + ": \"" + value.text + "\"\n");
    CHECK(value.holds(read_serve_options(flags, nothing)));
  }
}

TEST_CASE("a wrong value is refused with where it was given") {
  const TemporaryDirectory directory;
  for (const ServeSetting& setting : serve_settings()) {
    const Value& value = values.at(setting.name);
    if (value.wrong.empty()) continue;
    CAPTURE(setting.name);
    CHECK_THAT(error_of(with(std::string(setting.name), value.wrong)),
               Catch::StartsWith(setting.flag() + " " + value.wrong + ": not "));
    CHECK_THAT(error_of(needed, environment_with(setting.environment(), value.wrong)),
               Catch::StartsWith(setting.environment() + "=" + value.wrong + ": not "));
    Flags flags = needed;
    flags["config"] = directory.write("config.yaml", "# settings\n" + setting.member() + ": \"" + value.wrong + "\"\n");
    CHECK_THAT(error_of(flags), Contains("config.yaml:2:1: `" + setting.member() + "` is not "));
  }
}

TEST_CASE("flags win over the environment, and both over the file") {
  const TemporaryDirectory directory;
  Flags flags = needed;
  flags["config"] = directory.write("config.yaml", "threads: 3\nmaxConnections: 3\nshutdownDelay: 3\n");
  flags["threads"] = "1";
  const ServeOptions options = read_serve_options(flags, [](const char* name) -> const char* {
    const std::string_view asked = name;
    return asked == "DOTDIAG_THREADS" || asked == "DOTDIAG_MAX_CONNECTIONS" ? "2" : nullptr;
  });
  CHECK(options.server.threads == 1);
  CHECK(options.server.limits.connections == 2);
  CHECK(options.server.timeouts.drain == seconds(3));
}

TEST_CASE("a file that cannot be used is refused with the place") {
  const TemporaryDirectory directory;
  const auto error = [&](const std::string& text) {
    Flags flags = needed;
    flags["config"] = directory.write("config.yaml", text);
    return error_of(flags);
  };
  CHECK_THAT(error("threads: 2\nthread: 2\n"), Contains("config.yaml:2:1: ") && Contains("`thread` is not known here"));
  CHECK_THAT(error("threads: [2]\n"), Contains("config.yaml:1:"));
  CHECK_THAT(error("threads: 2\n---\nthreads: 3\n"), Contains("does not hold one document"));
  CHECK_THAT(error("threads: [\n"), Contains("config.yaml:"));
  CHECK_THAT(error(""), Contains("does not hold one document"));
  Flags flags = needed;
  flags["config"] = directory / "none.yaml";
  CHECK_THAT(error_of(flags), Contains("none.yaml: cannot be read"));
}

TEST_CASE("certificate and key must be given") {
  CHECK_THAT(error_of({{"key", "k.pem"}}),
             Catch::StartsWith("--cert: is required: give it, or DOTDIAG_CERT, or `cert`"));
  CHECK_THAT(error_of({{"cert", "c.pem"}}), Catch::StartsWith("--key: is required"));
}

TEST_CASE("the namespace comes from the pod's own variable too") {
  CHECK(read_serve_options(needed, environment_with("POD_NAMESPACE", "pods")).server.policies.own_namespace == "pods");
}

TEST_CASE("what may change while the server runs does, and the rest is named") {
  const ServeOptions then = read_serve_options(needed, nothing);
  Flags flags = needed;
  for (const ServeSetting& setting : serve_settings())
    flags[std::string(setting.name)] = values.at(setting.name).text;
  const LiveSettings live = live_settings(read_serve_options(flags, nothing), then);
  CHECK(live.policies.default_policy == "mine");
  CHECK(live.policies.directory.empty());
  CHECK(live.connections == 7);
  CHECK(live.drain == seconds(3));
  CHECK(live.log_format == LogFormat::text);
  CHECK(live.need_restart == "listen, admin, cert, key, clientCa, clientName, tlsMin, policies, threads");
  CHECK(live_settings(then, then).need_restart.empty());
}

TEST_CASE("the schema that is shipped is the table's") {
  const std::string path = source_path("webhook/config.schema.json");
  if (std::getenv("DOTDIAG_UPDATE_EXAMPLES") != nullptr) std::ofstream(path) << serve_schema();
  CHECK(read_bytes(path) == serve_schema());
}

TEST_CASE("the settings in docs/operations.md are the table's") {
  constexpr std::string_view begin = "<!-- settings: printed from the table in webhook/serve_settings.cpp -->\n";
  constexpr std::string_view end = "<!-- end of settings -->";
  const std::string path = source_path("docs/operations.md");
  std::string docs = read_bytes(path);
  const std::size_t from = docs.find(begin) + begin.size();
  const std::size_t to = docs.find(end);
  REQUIRE(from <= to);
  if (std::getenv("DOTDIAG_UPDATE_EXAMPLES") != nullptr) {
    docs.replace(from, to - from, settings_table());
    std::ofstream(path) << docs;
    return;
  }
  CHECK(docs.substr(from, to - from) == settings_table());
}

}  // namespace dotdiag::test
