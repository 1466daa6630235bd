#include "webhook/serve_settings.hpp"

#include "core/document/error.hpp"
#include "core/document/reader.hpp"
#include "core/document/schema.hpp"
#include "core/policy/builtin_names.hpp"
#include "webhook/cpus.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace dotdiag {
namespace {

std::size_t number(const std::string& text, std::size_t least, std::size_t most) {
  std::size_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc{} && rest == end && value >= least && value <= most) return value;
  throw std::invalid_argument("not a number from " + std::to_string(least) + " to " + std::to_string(most));
}

std::chrono::seconds some_seconds(const std::string& text) {
  constexpr std::size_t hour = 3600;
  return std::chrono::seconds(number(text, 0, hour));
}

/// The place of `text` among `words`.
template <std::size_t N>
std::size_t one_of(const std::string& text, const std::array<std::string_view, N>& words) {
  const auto found = std::find(words.begin(), words.end(), text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string all;
  for (const std::string_view word : words)
    all += (all.empty() ? "" : ", ") + std::string(word);
  throw std::invalid_argument("not one of " + all);
}

template <std::size_t N>
std::vector<std::string> all_of(const std::array<std::string_view, N>& words) {
  return {words.begin(), words.end()};
}

Endpoint endpoint(const std::string& text) {
  try {
    return parse_endpoint(text, "");
  } catch (const InputError& error) {
    throw std::invalid_argument(error.problem() + ": " + error.remedy());
  }
}

constexpr std::array<std::string_view, 4> levels = {"debug", "info", "warning", "error"};
constexpr std::array<std::string_view, 2> formats = {"json", "text"};
constexpr std::array<std::string_view, 2> tls_versions = {"1.2", "1.3"};

/// Where a value was given, and how an error names that place.
struct Given {
  std::string value;
  std::function<InputError(std::string problem)> error;
};

std::string as_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// The file's document, checked; nothing where no file is named.
std::optional<Document> read_file(const std::string& path) {
  if (path.empty()) return std::nullopt;
  Document document = read_only_document(path);
  Schema(serve_schema()).check(document);
  return document;
}

std::string config_path(const Flags& flags, const Environment& environment) {
  if (const auto flag = flags.find(config_flag); flag != flags.end()) return flag->second;
  const char* variable = environment(config_variable);
  return variable == nullptr ? "" : variable;
}

/// The value that counts, with the place it comes from; nothing where none is given.
std::optional<Given> find_given(const ServeSetting& setting, const Flags& flags, const Environment& environment,
                                const std::optional<Document>& file) {
  constexpr const char* see = "see dotdiag-webhook serve --help";
  if (const auto flag = flags.find(setting.name); flag != flags.end()) {
    const std::string written = setting.flag() + " " + flag->second;
    return Given{flag->second, [=](std::string problem) { return InputError(written, {}, std::move(problem), see); }};
  }
  const std::string own_variable = setting.environment();
  for (const char* name : {own_variable.c_str(), setting.usual_variable}) {
    const char* variable = name == nullptr ? nullptr : environment(name);
    if (variable == nullptr || *variable == '\0') continue;
    const std::string written = std::string(name) + "=" + variable;
    return Given{variable, [=](std::string problem) { return InputError(written, {}, std::move(problem), see); }};
  }
  if (!file) return std::nullopt;
  const std::string member_name = setting.member();
  const Json* value = member(file->root, member_name);
  if (value == nullptr) return std::nullopt;
  return Given{as_text(*value), [&file, member_name, see](std::string problem) {
                 const Pointer at = Pointer{} / member_name;
                 return file->source->error(offset_of(*file, at), "`" + member_name + "` is " + problem, see);
               }};
}

void must_be_given(const std::string& value, std::string_view name) {
  if (!value.empty()) return;
  const auto& all = serve_settings();
  const auto setting = std::find_if(all.begin(), all.end(), [&](const ServeSetting& one) { return one.name == name; });
  throw InputError(
      setting->flag(), {}, "is required",
      "give it, or " + setting->environment() + ", or `" + setting->member() + "` in the file of --config");
}

}  // namespace

std::string ServeSetting::flag() const {
  return "--" + std::string(name);
}

std::string ServeSetting::environment() const {
  std::string text = "DOTDIAG_";
  for (const char letter : name)
    text += letter == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return text;
}

std::string ServeSetting::member() const {
  std::string text;
  for (std::size_t i = 0; i < name.size(); ++i)
    text += name[i] == '-' ? static_cast<char>(std::toupper(static_cast<unsigned char>(name[++i]))) : name[i];
  return text;
}

std::string ServeSetting::shown_initial() const {
  const bool depends_on_machine = name == "threads";
  return depends_on_machine ? "the processors" : initial;
}

const std::vector<ServeSetting>& serve_settings() {
  static const std::vector<ServeSetting> all = {
      {"listen", "HOST:PORT", "Where to listen; port 0 takes any free one", "0.0.0.0:8443", false,
       [](const std::string& value, ServeOptions& options) { options.server.endpoint = endpoint(value); }},
      {"admin", "HOST:PORT", "Where to answer probes and Prometheus over plain HTTP", "", false,
       [](const std::string& value, ServeOptions& options) { options.server.admin = endpoint(value); }},
      {"cert", "FILE", "The certificate chain, PEM; required", "", false,
       [](const std::string& value, ServeOptions& options) { options.server.tls.certificate_file = value; }},
      {"key", "FILE", "Its key, PEM; required", "", false,
       [](const std::string& value, ServeOptions& options) { options.server.tls.key_file = value; }},
      {"client-ca", "FILE", "Ask clients for a certificate that one of these CAs signed, PEM", "", false,
       [](const std::string& value, ServeOptions& options) { options.server.tls.client_ca_file = value; }},
      {"client-name", "NAME", "With --client-ca: the name that the certificate must have", "", false,
       [](const std::string& value, ServeOptions& options) { options.server.tls.client_name = value; }},
      {"tls-min", "VERSION", "The oldest TLS version that is spoken: 1.2 or 1.3", "1.2", false,
       [](const std::string& value, ServeOptions& options) {
         options.server.tls.only_tls13 = one_of(value, tls_versions) == 1;
       },
       nullptr, all_of(tls_versions)},
      {"policies", "DIR", "Use the policies in this directory instead of the built-in ones", "", false,
       [](const std::string& value, ServeOptions& options) { options.server.policies.directory = value; }},
      {"default-policy", "NAME", "What the annotation dotdiag.io/inject: \"true\" stands for",
       std::string(default_policy_name), true,
       [](const std::string& value, ServeOptions& options) { options.server.policies.default_policy = value; }, nullptr,
       builtin_policy_names()},
      {"namespace", "NS", "The server's own namespace, which it never changes", "", true,
       [](const std::string& value, ServeOptions& options) { options.server.policies.own_namespace = value; },
       "POD_NAMESPACE"},
      {"threads", "1-64", "How many requests are worked on at one time", std::to_string(default_threads()), false,
       [](const std::string& value, ServeOptions& options) {
         options.server.threads = static_cast<unsigned>(number(value, 1, 64));
       }},
      {"max-connections", "1-100000", "Connections above it are answered 429", "1024", true,
       [](const std::string& value, ServeOptions& options) {
         options.server.limits.connections = number(value, 1, 100'000);
       }},
      {"shutdown-delay", "SECONDS", "After SIGTERM: still accept connections for this long", "15", true,
       [](const std::string& value, ServeOptions& options) { options.server.timeouts.drain = some_seconds(value); }},
      {"shutdown-timeout", "SECONDS", "Then: wait this long for clients to close theirs", "100", true,
       [](const std::string& value, ServeOptions& options) {
         options.server.timeouts.last_connections = some_seconds(value);
       }},
      {"log-level", "LEVEL", "Log this and what is worse: debug (each connection), info, warning or error", "info",
       true,
       [](const std::string& value, ServeOptions& options) {
         options.log_level = static_cast<LogLevel>(one_of(value, levels));
       },
       nullptr, all_of(levels)},
      {"log-format", "FORMAT", "How log lines are written: json or text", "json", true,
       [](const std::string& value, ServeOptions& options) {
         options.log_format = static_cast<LogFormat>(one_of(value, formats));
       },
       nullptr, all_of(formats)},
  };
  return all;
}

std::string serve_schema() {
  Json properties = Json::object();
  for (const ServeSetting& setting : serve_settings()) {
    Json property = object_of({{"description", setting.help}});
    put_member(property, "type", Json::array({"string", "integer", "number"}));
    put_member(properties, setting.member(), std::move(property));
  }
  Json schema = object_of({{"$schema", "http://json-schema.org/draft-07/schema#"},
                           {"$id", "https://dotdiag.io/schemas/webhook-config.schema.json"},
                           {"title", "dotdiag-webhook settings"},
                           {"description", "What the file of dotdiag-webhook serve --config may hold."},
                           {"type", "object"}});
  put_member(schema, "additionalProperties", false);
  put_member(schema, "properties", std::move(properties));
  return schema.dump(2) + "\n";
}

ServeOptions read_serve_options(const Flags& flags, const Environment& environment) {
  ServeOptions options;
  options.server.config_file = config_path(flags, environment);
  const std::optional<Document> file = read_file(options.server.config_file);
  for (const ServeSetting& setting : serve_settings()) {
    std::string& value = options.values[std::string(setting.name)];
    value = setting.initial;
    if (!value.empty()) setting.take(value, options);
    const auto given = find_given(setting, flags, environment, file);
    if (!given) continue;
    try {
      value = given->value;
      setting.take(value, options);
    } catch (const std::invalid_argument& problem) {
      throw given->error(problem.what());
    }
  }
  must_be_given(options.server.tls.certificate_file, "cert");
  must_be_given(options.server.tls.key_file, "key");
  return options;
}

LiveSettings live_settings(const ServeOptions& now, const ServeOptions& then) {
  LiveSettings live;
  live.policies = now.server.policies;
  live.policies.directory = then.server.policies.directory;
  live.connections = now.server.limits.connections;
  live.drain = now.server.timeouts.drain;
  live.last_connections = now.server.timeouts.last_connections;
  live.log_level = now.log_level;
  live.log_format = now.log_format;
  for (const ServeSetting& setting : serve_settings()) {
    const auto value = now.values.find(setting.name);
    if (setting.is_live || value->second == then.values.find(setting.name)->second) continue;
    live.need_restart += (live.need_restart.empty() ? "" : ", ") + setting.member();
  }
  return live;
}

}  // namespace dotdiag
