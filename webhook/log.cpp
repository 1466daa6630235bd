#include "webhook/log.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

namespace dotdiag {
namespace {

constexpr std::string_view level_name(LogLevel level) {
  constexpr std::array<std::string_view, 4> names = {"debug", "info", "warning", "error"};
  return names.at(static_cast<std::size_t>(level));
}

bool is_plain(char c) {
  return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/// Nearly all that is logged is plain; the general way costs ten times as much, for each field of each review.
void append_text(std::string& line, std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    line.append(1, '"').append(text).append(1, '"');
    return;
  }
  using nlohmann::json;
  line += json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

void append_number(std::string& line, std::int64_t number) {
  line += std::to_string(number);
}

void append_number(std::string& line, double number) {
  std::array<char, 400> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed, 3).ptr;
  line.append(digits.data(), end);
}

void append_value(std::string& line, const LogField& field) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) return append_text(line, *text);
  if (const auto* whole = std::get_if<std::int64_t>(&field.value)) return append_number(line, *whole);
  append_number(line, std::get<double>(field.value));
}

void append_field(std::string& line, const LogField& field) {
  line += ',';
  append_text(line, field.name);
  line += ':';
  append_value(line, field);
}

/// `2026-01-31T23:59:59.123Z`
std::string utc_now() {
  using namespace std::chrono;
  const auto now = system_clock::now();
  const std::time_t seconds = system_clock::to_time_t(now);
  const auto milliseconds = duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text.data() + length, text.size() - length, ".%03dZ", static_cast<int>(milliseconds));
  return text.data();
}

}  // namespace

std::string log_line(std::string_view time, LogLevel level, std::string_view message, LogFields fields) {
  std::string line;
  line.reserve(384);
  line.append(R"({"time":")").append(time).append(R"(","level":")").append(level_name(level)).append(R"(","message":)");
  append_text(line, message);
  for (const LogField& field : fields)
    append_field(line, field);
  line += '}';
  return line;
}

std::string log_text(std::string_view time, LogLevel level, std::string_view message, LogFields fields) {
  const auto is_word = [](std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_plain(c) && c != ' '; });
  };
  std::string line;
  line.reserve(384);
  line.append(time).append(1, ' ').append(level_name(level)).append(1, ' ').append(message);
  for (const LogField& field : fields) {
    line.append(1, ' ').append(field.name).append(1, '=');
    const auto* text = std::get_if<std::string_view>(&field.value);
    if (text != nullptr && is_word(*text)) {
      line.append(*text);
    } else {
      append_value(line, field);
    }
  }
  return line;
}

void Log::write(LogLevel level, std::string_view message, LogFields fields) {
  if (level < level_) return;
  const auto written = format_ == LogFormat::json ? log_line : log_text;
  const std::string line = written(utc_now(), level, message, fields) + '\n';
  const std::lock_guard lock(mutex_);
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
    if (count <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace dotdiag
