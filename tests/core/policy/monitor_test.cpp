#include "core/policy/monitor.hpp"

#include "tests/support/object_examples.hpp"

#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

using Kind = MonitorSetting::Kind;

/// A monitor container with these members, and what it says.
struct Example {
  explicit Example(const std::string& members)
      : json(read_documents(std::make_shared<const Source>("monitor.yaml", "{name: monitor, " + members + "}"))
                 .at(0)
                 .root),
        monitor({Pointer::parse("/spec/containers/1"), &json}, nullptr) {}

  Json json;
  Monitor monitor;
};

const std::string image = "image: 'mcr.microsoft.com/dotnet/monitor:10.0', ";

}  // namespace

TEST_CASE("a setting is read from a variable with or without the prefix, in any case, and the prefix wins") {
  const auto* variables = GENERATE("[{name: DOTNETMONITOR_Storage__DefaultSharedPath, value: /diag}]",
                                   "[{name: DotnetMonitor_Storage__DefaultSharedPath, value: /diag}]",
                                   "[{name: dotnetmonitor_STORAGE__defaultsharedpath, value: /diag}]",
                                   "[{name: Storage__DefaultSharedPath, value: /diag}]",
                                   "[{name: DOTNETMONITOR_Storage__DefaultSharedPath, value: /diag},"
                                   " {name: Storage__DefaultSharedPath, value: /other}]",
                                   "[{name: DOTNETMONITOR_Storage__DefaultSharedPath, value: /other},"
                                   " {name: DOTNETMONITOR_Storage__DefaultSharedPath, value: /diag}]",
                                   "[{name: DIR, value: /diag}, {name: Storage__DefaultSharedPath, value: $(DIR)}]");
  INFO(variables);
  const Example example(image + "env: " + variables);
  const MonitorSetting setting = example.monitor.setting("Storage__DefaultSharedPath");
  CHECK(setting.kind == Kind::known);
  CHECK(setting.value == "/diag");
}

TEST_CASE("what files, secrets or another program may set is unknown, not absent") {
  const auto [members, kind] = GENERATE(table<const char*, Kind>({
      {"args: [collect]", Kind::absent},
      {"env: [{name: DOTNETMONITOR_Urls, value: ''}]", Kind::absent},
      {"env: [{name: DOTNETMONITOR_Urls, valueFrom: {}}]", Kind::unknown},
      {"envFrom: [{secretRef: {name: monitor}}]", Kind::unknown},
      {"volumeMounts: [{name: s, mountPath: /etc/dotnet-monitor}]", Kind::unknown},
      {"volumeMounts: [{name: s, mountPath: /etc/dotnet-monitor/settings.json, subPath: x}]", Kind::unknown},
      {"volumeMounts: [{name: s, mountPath: /home/app/.config/dotnet-monitor}]", Kind::unknown},
      {"volumeMounts: [{name: s, mountPath: /diag}]", Kind::absent},
      {"args: [collect, --configuration-file-path=/config/settings.json]", Kind::unknown},
      {"command: [sh, -c, dotnet-monitor collect]", Kind::unknown},
      {"command: [/app/dotnet-monitor, collect]", Kind::absent},
  }));
  INFO(members);
  CHECK(Example(image + members).monitor.setting("Urls").kind == kind);
}

TEST_CASE("a monitor connects unless a variable or an option says that it listens") {
  using Mode = Monitor::Mode;
  const auto [members, mode, endpoint] = GENERATE(table<const char*, Mode, const char*>({
      {"args: [collect]", Mode::connect, ""},
      {"env: [{name: DOTNETMONITOR_DiagnosticPort__ConnectionMode, value: connect}]", Mode::connect, ""},
      {"env: [{name: DOTNETMONITOR_DiagnosticPort__ConnectionMode, value: listen}]", Mode::listen, ""},
      {"env: [{name: DOTNETMONITOR_DiagnosticPort__ConnectionMode, value: 2}]", Mode::unknown, ""},
      {"env: [{name: DOTNETMONITOR_DiagnosticPort__ConnectionMode, value: Lsten}]", Mode::unknown, ""},
      {"env: [{name: DotnetMonitor_DiagnosticPort, value: /diag/a.sock}]", Mode::listen, "/diag/a.sock"},
      {"args: [collect, --diagnostic-port, /diag/a.sock]", Mode::listen, "/diag/a.sock"},
      {"args: [collect, --diagnostic-port=/diag/a.sock]", Mode::listen, "/diag/a.sock"},
      {"env: [{name: DOTNETMONITOR_DiagnosticPort__ConnectionMode, value: Listen},"
       " {name: DOTNETMONITOR_Storage__DefaultSharedPath, value: /diag/}]",
       Mode::listen, "/diag/dotnet-monitor.sock"},
      {"env: [{name: DOTNETMONITOR_DiagnosticPort__ConnectionMode, value: Listen},"
       " {name: DOTNETMONITOR_DiagnosticPort__EndpointName, value: /diag/a.sock},"
       " {name: DOTNETMONITOR_Storage__DefaultSharedPath, value: /diag}]",
       Mode::listen, "/diag/a.sock"},
  }));
  INFO(members);
  const Example example(image + members);
  CHECK(example.monitor.mode() == mode);
  CHECK(example.monitor.endpoint().value == endpoint);
}

TEST_CASE("addresses come from variables, then from the command line, then from the image or the tool") {
  const auto [members, urls, at] = GENERATE(table<std::string, const char*, const char*>({
      {image + "tty: false", "https://+:52323", ""},
      {image + "args: [collect]", "https://localhost:52323", ""},
      {"image: 'mcr.microsoft.com/dotnet/monitor:6', args: [--no-auth]", "https://+:52323", ""},
      {image + "args: [collect, --urls, 'http://+:1']", "http://+:1", "/args/2"},
      {image + "args: [collect, -u, 'http://+:1']", "http://+:1", "/args/2"},
      {image + "args: [collect, --urls, 'http://+:1'], env: [{name: ASPNETCORE_URLS, value: 'http://+:2'}]",
       "http://+:2", "/env/0"},
      {image + "env: [{name: ASPNETCORE_URLS, value: 'http://+:2'}, {name: DOTNETMONITOR_Urls, value: 'http://+:3'}]",
       "http://+:3", "/env/1"},
  }));
  INFO(members);
  const Example example(members);
  CHECK(example.monitor.urls().value == urls);
  CHECK(example.monitor.urls().at.text() == "/spec/containers/1" + std::string(at));
}

TEST_CASE("a flag counts unless it is turned off") {
  const auto [args, is_on] = GENERATE(table<const char*, bool>({
      {"[collect, --no-auth]", true},
      {"[collect, --no-auth, 'true']", true},
      {"[collect, --no-auth=true]", true},
      {"[collect, --no-auth, 'false']", false},
      {"[collect, --no-auth=false]", false},
      {"[collect, --no-authentication]", false},
      {"[7, null, {}]", false},
  }));
  INFO(args);
  CHECK((Example(image + "args: " + args).monitor.flag("--no-auth") != nullptr) == is_on);
}

}  // namespace dotdiag::test
