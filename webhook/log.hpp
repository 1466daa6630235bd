// Log lines for machines, one JSON object a line, or for people. What is logged is chosen at each call; nothing from
// inside a user's object is.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

namespace dotdiag {

enum class LogLevel { debug, info, warning, error };
enum class LogFormat { json, text };

/// A member of a log line beside time, level and message.
struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double> value;
};
using LogFields = std::initializer_list<LogField>;

/// One line without its line break. Text that is not UTF-8 is written with replacement characters; numbers that are
/// not whole with three decimals.
std::string log_line(std::string_view time, LogLevel level, std::string_view message, LogFields fields);

/// The same as `time LEVEL message name=value ...`: a value with blanks, quotes or control characters as JSON writes
/// it.
std::string log_text(std::string_view time, LogLevel level, std::string_view message, LogFields fields);

/// Writes lines to a file descriptor, each with one write() so that lines of several threads never mix. Lines below
/// `level` cost a comparison. What cannot be written is lost: a full disk must not end admission.
class Log {
 public:
  explicit Log(LogLevel level = LogLevel::info, int descriptor = 2) : level_(level), descriptor_(descriptor) {}

  /// From the next line on. From any thread.
  void set(LogLevel level, LogFormat format) {
    level_ = level;
    format_ = format;
  }

  void debug(std::string_view message, LogFields fields = {}) { write(LogLevel::debug, message, fields); }
  void info(std::string_view message, LogFields fields = {}) { write(LogLevel::info, message, fields); }
  void warning(std::string_view message, LogFields fields = {}) { write(LogLevel::warning, message, fields); }
  void error(std::string_view message, LogFields fields = {}) { write(LogLevel::error, message, fields); }

 private:
  void write(LogLevel level, std::string_view message, LogFields fields);

  std::atomic<LogLevel> level_;
  std::atomic<LogFormat> format_ = LogFormat::json;
  const int descriptor_;
  std::mutex mutex_;
};

}  // namespace dotdiag
