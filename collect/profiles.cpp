#include "collect/profiles.hpp"

#include "collect/arguments.hpp"

#include <charconv>

namespace dotdiag::collect {

using diagnostics::Provider;

namespace {

constexpr const char* runtime = "Microsoft-Windows-DotNETRuntime";
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

}  // namespace

const std::vector<Profile>& profiles() {
  // Providers, keywords and levels are those of dotnet-trace, so that its documentation holds.
  static const std::vector<Profile> all = {
      {"sampled",
       "where the time goes: all threads, running or waiting, about 900 times a second",
       diagnostics::rundown_default,
       {{runtime, 0x100003801D, 4, ""}, {"Microsoft-DotNETCore-SampleProfiler", 0, 4, ""}}},
      {"common",
       "garbage collections, exceptions, the thread pool, loading and compiling; no samples",
       diagnostics::rundown_default,
       {{runtime, 0x100003801D, 4, ""}}},
      {"gc-collect",
       "garbage collections only; the cheapest",
       0x1,
       {{runtime, 0x1, 4, ""}, {"Microsoft-Windows-DotNETRuntimePrivate", 0x1, 4, ""}}},
      {"gc-verbose",
       "garbage collections and a sample of what is allocated",
       diagnostics::rundown_default,
       {{runtime, 0x8003, 5, ""}}},
  };
  return all;
}

const Profile& find_profile(std::string_view name) {
  std::string names;
  for (const Profile& profile : profiles()) {
    if (profile.name == name) return profile;
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
  const std::uint64_t number = level.empty() ? 4 : parse_number(level, 10, text);
  if (number > 5) throw Misuse("--provider " + text + ": the level is 0 to 5");
  provider.level = static_cast<std::uint32_t>(number);
  provider.arguments = rest;
  return provider;
}

}  // namespace dotdiag::collect
