#include "webhook/log.hpp"
#include "tests/support/temporary_directory.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

using namespace dotdiag;
using nlohmann::json;

TEST_CASE("a line for people has bare words, and what is none as JSON writes it") {
  CHECK(log_text("2026-01-31T23:59:59.123Z", LogLevel::info, "review",
                 {{"uid", "1-2"}, {"name", ""}, {"reason", "it \"is\"\nso"}, {"operations", std::int64_t{8}}}) ==
        R"(2026-01-31T23:59:59.123Z info review uid=1-2 name="" reason="it \"is\"\nso" operations=8)");
}

TEST_CASE("a log line is one JSON object with time, level and message first") {
  CHECK(log_line("2026-01-31T23:59:59.123Z", LogLevel::warning, "review", {{"uid", "1-2"}, {"milliseconds", 0.1234}}) ==
        R"({"time":"2026-01-31T23:59:59.123Z","level":"warning","message":"review","uid":"1-2","milliseconds":0.123})");
}

TEST_CASE("whatever a field holds, the line stays one line of JSON that gives it back") {
  for (const std::string& text :
       {std::string("quote \" backslash \\ slash /"), std::string("two\nlines\r\n\ttab"),
        std::string("a\0b\x01\x1f\x7f", 6), std::string("Grüße \xe2\x80\xa8 \xf0\x9f\x98\x80"),
        std::string("\",\"level\":\"forged"), std::string()}) {
    const std::string line = log_line("t", LogLevel::info, text, {{"name", text}});
    CAPTURE(line);
    CHECK(line.find('\n') == std::string::npos);
    const json read = json::parse(line);
    CHECK(read.at("name") == text);
    CHECK(read.at("message") == text);
    CHECK(read.size() == 4);
  }
}

TEST_CASE("text that is not UTF-8 is logged with replacement characters") {
  const json read = json::parse(log_line("t", LogLevel::error, "m", {{"name", "a\xff\xc3"}}));
  CHECK(read.at("name") == "a\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("numbers are written with three decimals, however large they are") {
  CHECK(log_line("t", LogLevel::info, "m", {{"n", 0.0}}).ends_with(R"("n":0.000})"));
  CHECK(json::parse(log_line("t", LogLevel::info, "m", {{"n", 1e308}})).at("n") == 1e308);
}

TEST_CASE("lines of several threads never mix, and those below the level are not written") {
  const test::TemporaryDirectory directory;
  const std::string path = directory / "log";
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  {
    Log log(LogLevel::info, descriptor);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&log] {
        for (int line = 0; line < 200; ++line) {
          log.info("shown", {{"text", std::string(200, 'x')}});
          log.debug("hidden");
        }
      });
    for (std::thread& thread : threads)
      thread.join();
  }
  ::close(descriptor);
  std::ifstream file(path);
  int count = 0;
  for (std::string line; std::getline(file, line); ++count)
    REQUIRE(json::parse(line).at("message") == "shown");
  CHECK(count == 800);
}
