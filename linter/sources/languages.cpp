#include "linter/sources/languages.hpp"

#include "core/policy/image.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <utility>

namespace dotdiag {
namespace {

/// A word and what it tells.
using Sign = std::pair<std::string_view, std::string_view>;

constexpr std::string_view dotnet = dotnet_language;

constexpr Sign files[] = {
    {"go.mod", "Go"},
    {"package.json", "Node.js"},
    {"pom.xml", "Java"},
    {"build.gradle", "Java"},
    {"build.gradle.kts", "Java"},
    {"build.sbt", "Scala"},
    {"requirements.txt", "Python"},
    {"pyproject.toml", "Python"},
    {"Pipfile", "Python"},
    {"setup.py", "Python"},
    {"Cargo.toml", "Rust"},
    {"Gemfile", "Ruby"},
    {"composer.json", "PHP"},
    {"mix.exs", "Elixir"},
    {"Package.swift", "Swift"},
};

constexpr Sign file_endings[] = {{".csproj", dotnet}, {".fsproj", dotnet}, {".vbproj", dotnet}};

/// The last part of an image's name, as far as its first digit: `openjdk-17` is `openjdk`.
constexpr Sign images[] = {
    {"amazoncorretto", "Java"},
    {"apache", "httpd"},
    {"aspnet", dotnet},
    {"aspnet-core", dotnet},
    {"aspnet-runtime", dotnet},
    {"bun", "Bun"},
    {"caddy", "Caddy"},
    {"deno", "Deno"},
    {"dotnet", dotnet},
    {"dotnet-isolated", dotnet},
    {"dotnet-runtime", dotnet},
    {"dotnet-sdk", dotnet},
    {"eclipse-temurin", "Java"},
    {"elixir", "Elixir"},
    {"erlang", "Erlang"},
    {"go-toolset", "Go"},
    {"golang", "Go"},
    {"gradle", "Java"},
    {"httpd", "httpd"},
    {"ibmjava", "Java"},
    {"java", "Java"},
    {"jetty", "Java"},
    {"jre", "Java"},
    {"jdk", "Java"},
    {"liberica-openjdk-alpine", "Java"},
    {"liberica-openjre-alpine", "Java"},
    {"locust", "Python"},
    {"maven", "Java"},
    {"nginx", "nginx"},
    {"nginx-unprivileged", "nginx"},
    {"node", "Node.js"},
    {"nodejs", "Node.js"},
    {"openjdk", "Java"},
    {"openjdk-alpine", "Java"},
    {"openresty", "nginx"},
    {"perl", "Perl"},
    {"php", "PHP"},
    {"php-fpm", "PHP"},
    {"pypy", "Python"},
    {"python", "Python"},
    {"ruby", "Ruby"},
    {"rust", "Rust"},
    {"sapmachine", "Java"},
    {"spring-boot", "Java"},
    {"swift", "Swift"},
    {"tomcat", "Java"},
    {"uvicorn-gunicorn-fastapi", "Python"},
    {"wildfly", "Java"},
    {"zulu-openjdk", "Java"},
    {"zulu-openjdk-alpine", "Java"},
};

constexpr Sign programs[] = {
    {"apache2ctl", "httpd"},
    {"beam.smp", "Erlang"},
    {"bun", "Bun"},
    {"bundle", "Ruby"},
    {"caddy", "Caddy"},
    {"catalina.sh", "Java"},
    {"celery", "Python"},
    {"deno", "Deno"},
    {"dotnet", dotnet},
    {"flask", "Python"},
    {"gunicorn", "Python"},
    {"httpd", "httpd"},
    {"httpd-foreground", "httpd"},
    {"java", "Java"},
    {"locust", "Python"},
    {"nginx", "nginx"},
    {"node", "Node.js"},
    {"nodejs", "Node.js"},
    {"npm", "Node.js"},
    {"npx", "Node.js"},
    {"php", "PHP"},
    {"php-fpm", "PHP"},
    {"pm2-runtime", "Node.js"},
    {"pnpm", "Node.js"},
    {"puma", "Ruby"},
    {"python", "Python"},
    {"rails", "Ruby"},
    {"rake", "Ruby"},
    {"ruby", "Ruby"},
    {"sidekiq", "Ruby"},
    {"streamlit", "Python"},
    {"uvicorn", "Python"},
    {"yarn", "Node.js"},
};

constexpr Sign variables[] = {
    {"CATALINA_OPTS", "Java"},
    {"DJANGO_SETTINGS_MODULE", "Python"},
    {"FASTIFY_ADDRESS", "Node.js"},
    {"FLASK_APP", "Python"},
    {"FLASK_ENV", "Python"},
    {"GIN_MODE", "Go"},
    {"GODEBUG", "Go"},
    {"GOGC", "Go"},
    {"GOMAXPROCS", "Go"},
    {"GOMEMLIMIT", "Go"},
    {"GOTRACEBACK", "Go"},
    {"GUNICORN_CMD_ARGS", "Python"},
    {"JAVA_OPTS", "Java"},
    {"JAVA_TOOL_OPTIONS", "Java"},
    {"JDK_JAVA_OPTIONS", "Java"},
    {"JVM_OPTS", "Java"},
    {"NODE_ENV", "Node.js"},
    {"NODE_EXTRA_CA_CERTS", "Node.js"},
    {"NODE_OPTIONS", "Node.js"},
    {"PYTHONDONTWRITEBYTECODE", "Python"},
    {"PYTHONPATH", "Python"},
    {"PYTHONUNBUFFERED", "Python"},
    {"RACK_ENV", "Ruby"},
    {"RAILS_ENV", "Ruby"},
    {"RAILS_LOG_TO_STDOUT", "Ruby"},
    {"RUST_BACKTRACE", "Rust"},
    {"RUST_LOG", "Rust"},
    {"SPRING_PROFILES_ACTIVE", "Java"},
    {"UVICORN_HOST", "Python"},
    {"_JAVA_OPTIONS", "Java"},
};

/// Not 6379: Garnet, a cache that answers there, is .NET.
constexpr std::pair<int, std::string_view> ports[] = {
    {1433, "SQL Server"}, {1521, "Oracle"},        {2181, "ZooKeeper"},  {2379, "etcd"},
    {3306, "MySQL"},      {5432, "PostgreSQL"},    {5672, "RabbitMQ"},   {9042, "Cassandra"},
    {9092, "Kafka"},      {9200, "Elasticsearch"}, {11211, "memcached"}, {27017, "MongoDB"},
};

std::string_view find(std::span<const Sign> signs, std::string_view word) {
  const auto found = std::find_if(signs.begin(), signs.end(), [&](const Sign& sign) { return sign.first == word; });
  return found == signs.end() ? std::string_view{} : found->second;
}

std::string_view file_name(std::string_view path) {
  return path.substr(path.find_last_of('/') + 1);
}

/// `openjdk-17` and `python3.12` without their version.
std::string_view without_version(std::string_view name) {
  const auto digit = std::find_if(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  name = name.substr(0, static_cast<std::size_t>(digit - name.begin()));
  while (name.ends_with('-') || name.ends_with('.'))
    name.remove_suffix(1);
  return name;
}

}  // namespace

std::string_view language_of_file(std::string_view file_name) {
  for (const auto& [ending, language] : file_endings)
    if (file_name.ends_with(ending)) return language;
  return find(files, file_name);
}

std::string_view language_of_image(std::string_view reference) {
  const Image image = Image::parse(reference);
  if (image.is_dotnet()) return dotnet;
  return find(images, without_version(file_name(image.name)));
}

std::string_view language_of_program(std::string_view path) {
  const std::string_view name = file_name(path);
  const std::string_view language = find(programs, name);
  return language.empty() ? find(programs, without_version(name)) : language;
}

std::string_view language_of_variable(std::string_view name) {
  return find(variables, name);
}

std::string_view software_at_port(int port) {
  for (const auto& [number, software] : ports)
    if (number == port) return software;
  return {};
}

}  // namespace dotdiag
