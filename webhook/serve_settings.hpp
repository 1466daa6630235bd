// What `dotdiag-webhook serve` can be told: one table, from which the command line, its help, the schema of the file
// and the docs are made. Each setting can be given as a flag, in the environment and in a file; flags win over the
// environment, and both over the file.
#pragma once

#include "webhook/log.hpp"
#include "webhook/server.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct ServeOptions {
  ServerSettings server;
  LogLevel log_level = LogLevel::info;
  LogFormat log_format = LogFormat::json;
  std::map<std::string, std::string, std::less<>> values = {};  ///< as they were written, by the setting's name
};

struct ServeSetting {
  std::string_view name;     ///< `max-connections`
  std::string_view metavar;  ///< `HOST:PORT`
  std::string_view help;     ///< without a full stop
  std::string initial;       ///< what holds where nothing is given; empty: nothing
  bool is_live = false;      ///< a change of the file is taken over while the server runs; others need a restart
  /// Takes `value` over. Throws std::invalid_argument, which says what it is not.
  void (*take)(const std::string& value, ServeOptions& options) = nullptr;
  const char* usual_variable = nullptr;   ///< looked at where its own variable says nothing
  std::vector<std::string> choices = {};  ///< what it can be, or most often is, where that is a few words

  std::string flag() const;         ///< `--max-connections`
  std::string environment() const;  ///< `DOTDIAG_MAX_CONNECTIONS`
  std::string member() const;       ///< of the file: `maxConnections`
  /// `initial` as texts have it that are read on other machines too.
  std::string shown_initial() const;
};

const std::vector<ServeSetting>& serve_settings();

/// The flag and the variable that name the file; it cannot name itself.
inline constexpr std::string_view config_flag = "config";
inline constexpr const char* config_variable = "DOTDIAG_CONFIG";

/// The JSON Schema (draft 7) of the file.
std::string serve_schema();

/// What was given as flags, by the name of the setting.
using Flags = std::map<std::string, std::string, std::less<>>;
/// std::getenv, or what a test puts in its place.
using Environment = std::function<const char*(const char* name)>;

/// Puts everything together. Throws InputError, which names the flag, the variable, or file, line and column, where a
/// value cannot be used, a member of the file is unknown, or a setting that must be given is not.
ServeOptions read_serve_options(const Flags& flags, const Environment& environment);

/// What `now` may change of a server that was started with `then`.
LiveSettings live_settings(const ServeOptions& now, const ServeOptions& then);

}  // namespace dotdiag
