#include "core/policy/dotnet_signs.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {
namespace {

bool is_dotnet(const Json& container) {
  return looks_like_dotnet({{}, &container});
}

bool is_dotnet_by_variable(const char* name, const char* value = "1") {
  return is_dotnet(Json{{"name", "app"}, {"env", Json::array({{{"name", name}, {"value", value}}})}});
}

bool is_dotnet_by_command(const char* command, const char* args) {
  return is_dotnet(Json{{"name", "app"}, {"command", Json::parse(command)}, {"args", Json::parse(args)}});
}

Json annotated_pod(Json annotations) {
  return Json{{"apiVersion", "v1"},
              {"kind", "Pod"},
              {"metadata", {{"annotations", std::move(annotations)}}},
              {"spec", {{"containers", Json::array({{{"name", "app"}}, {{"name", "proxy"}}})}}}};
}

}  // namespace

TEST_CASE("an image is .NET where its path has the word") {
  const auto [image, expected] = GENERATE(table<const char*, bool>({
      {"mcr.microsoft.com/dotnet/aspnet:10.0", true},
      {"mcr.microsoft.com/azure-functions/dotnet-isolated:4", true},
      {"registry.example.com:5000/shop/orders-dotnet@sha256:0d5b", true},
      {"ubuntu/dotnet-aspnet:8.0", true},
      {"bitnami/aspnet-core", true},
      {"dotnet.example.com/shop/orders", false},
      {"shop/orders:dotnet", false},
      {"shop/dotnetish", false},
      {"", false},
  }));
  INFO(image);
  CHECK(is_dotnet(Json{{"name", "app"}, {"image", image}}) == expected);
}

TEST_CASE("variables of the runtime, of profilers and of .NET's configuration say .NET") {
  for (const char* name : {"DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "COMPlus_gcServer", "CORECLR_ENABLE_PROFILING",
                           "DD_DOTNET_TRACER_HOME", "OTEL_DOTNET_AUTO_HOME", "Logging__LogLevel__Default",
                           "ConnectionStrings__catalogdb", "Kestrel__Endpoints__Http__Url"}) {
    INFO(name);
    CHECK(is_dotnet_by_variable(name));
  }
  for (const char* name : {"NODE_ENV", "AIRFLOW__CORE__EXECUTOR", "database__client", "Logging", "Logging__", "__Key",
                           "GITEA__database__HOST", "DOTNETISH", "services__api__http__0"}) {
    INFO(name);
    CHECK_FALSE(is_dotnet_by_variable(name));
  }
  CHECK(is_dotnet_by_variable("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"));
  CHECK_FALSE(is_dotnet_by_variable("FUNCTIONS_WORKER_RUNTIME", "node"));
}

TEST_CASE("a command is .NET where it starts dotnet or an assembly, be it behind a shell or an init") {
  const auto [command, args, expected] = GENERATE(table<const char*, const char*, bool>({
      {R"(["/usr/bin/dotnet", "Shop.dll"])", "[]", true},
      {"null", R"(["Orders.dll"])", true},
      {"null", R"(["dotnet", "Orders.dll"])", true},
      {R"(["sh", "-c", "exec dotnet Orders.dll"])", "null", true},
      {R"(["/bin/bash", "-lc"])", R"(["cd /app && dotnet /app/Orders.dll"])", true},
      {R"(["/sbin/tini", "--", "dotnet", "Orders.dll"])", "null", true},
      {R"(["env", "TZ=UTC", "dotnet", "Orders.dll"])", "null", true},
      {R"(["make", "dotnet"])", "null", false},
      {R"(["sh", "-c", "exec java -jar dotnets.jar"])", "null", false},
      {R"(["server", "--plugin=a.dll"])", R"(["-dotnet"])", false},
      {R"([7, null])", R"("dotnet")", false},
  }));
  INFO(command << " " << args);
  CHECK(is_dotnet_by_command(command, args) == expected);
}

TEST_CASE("annotations that have an agent for .NET injected say .NET, of the containers that they name") {
  const auto [key, value, expected, named] = GENERATE(table<const char*, const char*, bool, bool>({
      {"instrumentation.opentelemetry.io/inject-dotnet", "true", true, false},
      {"instrumentation.opentelemetry.io/inject-dotnet", "tracing/agent", true, false},
      {"instrumentation.opentelemetry.io/inject-dotnet", "false", false, false},
      {"instrumentation.opentelemetry.io/inject-java", "true", false, false},
      {"instrumentation.opentelemetry.io/dotnet-container-names", "app, other", true, true},
      {"instrumentation.newrelic.com/inject-dotnet", "true", true, false},
      {"admission.datadoghq.com/dotnet-lib.version", "v3.24.1", true, false},
      {"admission.datadoghq.com/app.dotnet-lib.version", "v3.24.1", true, true},
      {"admission.datadoghq.com/other.dotnet-lib.version", "v3.24.1", false, false},
      {"admission.datadoghq.com/java-lib.version", "v1", false, false},
      {"co.elastic.apm/attach", "dotnet", true, false},
      {"co.elastic.apm/attach", "java", false, false},
  }));
  INFO(key << ": " << value);
  const Json object = annotated_pod({{key, value}});
  const Workload workload = *as_workload(object);
  const PodView view(object, workload);
  CHECK(is_instrumented_as_dotnet(view) == expected);
  CHECK(is_named_as_dotnet(view, view.containers()[0]) == named);
  CHECK_FALSE(is_named_as_dotnet(view, view.containers()[1]));
}

}  // namespace dotdiag
