#include "webhook/answers.hpp"

#include "tests/support/temporary_directory.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

namespace dotdiag::test {
namespace {

/// The log lines for an answer with `result`.
std::string logged(const char* result) {
  const TemporaryDirectory directory;
  const std::string path = directory / "log";
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  Log log(LogLevel::info, descriptor);
  AdmissionAnswer answer;
  answer.uid = "uid-1";
  answer.result = result;
  answer.reason = "why";
  log_review(answer, std::chrono::microseconds(70), log);
  ::close(descriptor);
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("a patch that had to be dropped is logged as a bug") {
  CHECK(logged("mutated").find("\"level\":\"error\"") == std::string::npos);
  CHECK_THAT(logged("error"), Catch::Contains("\"level\":\"error\"") && Catch::Contains("bug in dotdiag"));
}

TEST_CASE("a review's line says what was decided, by how many operations, and how long it took") {
  CHECK_THAT(logged("mutated"),
             Catch::EndsWith(R"("message":"review","uid":"uid-1","kind":"","namespace":"","name":"",)"
                             R"("operation":"","policy":"","result":"mutated","reason":"why",)"
                             R"("operations":0,"microseconds":70})"
                             "\n"));
}

}  // namespace dotdiag::test
