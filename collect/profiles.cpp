#include "collect/profiles.hpp"

#include "collect/arguments.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <utility>

namespace dotdiag::collect {

using diagnostics::Provider;

namespace {

constexpr const char* runtime = "Microsoft-Windows-DotNETRuntime";
constexpr const char* sampler = "Microsoft-DotNETCore-SampleProfiler";
constexpr std::uint64_t every_keyword = 0xFFFFFFFFFFFFFFFF;

/// Takes the part of `text` up to the next colon.
std::string take_part(std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string part = text.substr(0, colon);
  text = colon == std::string::npos ? "" : text.substr(colon + 1);
  return part;
}

std::uint64_t parse_number(const std::string& text, int base, const std::string& whole) {
  const std::string digits = base == 16 && (text.starts_with("0x") || text.starts_with("0X")) ? text.substr(2) : text;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size())
    throw Misuse("--provider " + whole + ": give NAME:KEYWORDS:LEVEL:ARGUMENTS, keywords hexadecimal, level 0 to 5");
  return value;
}

std::uint32_t parse_level(std::string text, const std::string& whole) {
  constexpr std::array<std::string_view, 6> names = {"logalways", "critical",      "error",
                                                     "warning",   "informational", "verbose"};
  if (text.empty()) return 4;
  for (char& letter : text)
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  for (std::uint32_t level = 0; level < names.size(); ++level)
    if (text == names.at(level)) return level;
  const std::uint64_t number = parse_number(text, 10, whole);
  if (number >= names.size()) throw Misuse("--provider " + whole + ": the level is 0 to 5");
  return static_cast<std::uint32_t>(number);
}

/// The commands of ADO.NET and Entity Framework Core, as activities: what a DiagnosticSource sends to whoever listens,
/// with the members that are worth having, one event a line.
std::string database_filter() {
  const std::string connection =
      "Command.Connection.ServerVersion;Command.CommandTimeout;Command.CommandType;Command.Connection.ConnectionString;"
      "Command.Connection.Database;Command.Connection.DataSource;Command.Connection.PacketSize";
  const std::string sql = "SqlClientDiagnosticListener/System.Data.SqlClient.WriteCommand";
  const std::string entity = "Microsoft.EntityFrameworkCore/Microsoft.EntityFrameworkCore.Database.Command.Command";
  // Quotes, because the members are divided by what divides arguments too.
  return "FilterAndPayloadSpecs=\"" + sql +
         "Before@Activity1Start:-Command;Command.CommandText;ConnectionId;Operation;" + connection + "\r\n" + sql +
         "After@Activity1Stop:\r\n" + entity +
         "Executing@Activity2Start:-Command.CommandText;Command;ConnectionId;IsAsync;Command.Connection."
         "ClientConnectionId;" +
         connection + "\r\n" + entity + "Executed@Activity2Stop:\"";
}

constexpr std::uint64_t common_keywords = 0x100003801D;

}  // namespace

const std::vector<Profile>& profiles() {
  using diagnostics::rundown_default, diagnostics::rundown_collector;
  // Providers, keywords and levels are those of dotnet-trace, so that its documentation holds. `sampled` is what it
  // records without a profile.
  static const std::vector<Profile> all = {
      {"sampled",
       "",
       "where the time goes: dotnet-common and dotnet-sampled-thread-time together",
       rundown_default,
       {{runtime, common_keywords, 4, ""}, {sampler, 0, 4, ""}}},
      {"dotnet-common",
       "common",
       "garbage collections, exceptions, the thread pool, loading and compiling; no samples",
       rundown_default,
       {{runtime, common_keywords, 4, ""}}},
      {"dotnet-sampled-thread-time",
       "",
       "all threads, running or waiting, about 900 times a second, and nothing else",
       rundown_default,
       {{sampler, 0, 4, ""}}},
      {"gc-collect",
       "",
       "garbage collections only; the cheapest",
       rundown_collector,
       {{runtime, 0x1, 4, ""}, {"Microsoft-Windows-DotNETRuntimePrivate", 0x1, 4, ""}}},
      {"gc-verbose",
       "",
       "garbage collections and a sample of what is allocated",
       rundown_default,
       {{runtime, 0x8003, 5, ""}}},
      {"database",
       "",
       "the commands of ADO.NET and Entity Framework Core: their SQL and connection strings, secrets among them",
       rundown_default,
       {{"System.Threading.Tasks.TplEventSource", 0x80, 4, ""},
        {"Microsoft-Diagnostics-DiagnosticSource", 0x3, 5, database_filter()}}},
      {"cpu-sampling",
       "",
       "as sampled with more events: what dotnet-trace called so until its version 9",
       rundown_default,
       {{sampler, 0, 4, ""}, {runtime, 0x14C14FCCBD, 4, ""}}},
  };
  return all;
}

const Profile& find_profile(std::string_view name) {
  std::string names;
  for (const Profile& profile : profiles()) {
    if (profile.name == name || (!profile.also.empty() && profile.also == name)) return profile;
    names += (names.empty() ? "" : ", ") + std::string(profile.name);
  }
  throw Misuse("--profile " + std::string(name) + ": give one of " + names);
}

Provider parse_provider(const std::string& text) {
  std::string rest = text;
  Provider provider;
  provider.name = take_part(rest);
  if (provider.name.empty()) throw Misuse("--provider " + text + ": the name is missing");
  const std::string keywords = take_part(rest), level = take_part(rest);
  provider.keywords = keywords.empty() ? every_keyword : parse_number(keywords, 16, text);
  provider.level = parse_level(level, text);
  provider.arguments = rest;
  return provider;
}

void add_provider(std::vector<Provider>& providers, Provider provider) {
  const auto same = std::find_if(providers.begin(), providers.end(),
                                 [&](const Provider& other) { return other.name == provider.name; });
  if (same == providers.end())
    providers.push_back(std::move(provider));
  else
    *same = std::move(provider);
}

}  // namespace dotdiag::collect
