// The recorded answers of both runtimes, and what is said about those that are errors.
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/hresult.hpp"
#include "core/diagnostics/message.hpp"
#include "core/diagnostics/process_info.hpp"
#include "tests/core/diagnostics/captures.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::diagnostics;
using dotdiag::test::capture;

namespace {

/// The payload of a recorded answer; throws as the client does where it is an error.
std::string payload_of(const std::string& name) {
  const std::string bytes = capture(name + ".resp.bin");
  const MessageHeader header = parse_header(bytes.substr(0, header_size));
  const std::string payload = bytes.substr(header_size, header.payload_size);
  check_answer(header, payload, "Command");
  return payload;
}

}  // namespace

TEST_CASE("each form of ProcessInfo is read whole") {
  const int variant = GENERATE(1, 2, 3);
  const std::string payload = payload_of("processinfo" + std::to_string(variant) + ".net10");
  const ProcessInfo info = parse_process_info(payload, variant);
  CHECK(info.pid == 23862);
  CHECK(info.cookie == "e0620828-7cfa-4440-bdf3-4fc1294863ec");
  CHECK(info.command_line == "/opt/shop/package/dist/azmcp /opt/shop/package/dist/azmcp.dll server start");
  CHECK(info.os == "Linux");
  CHECK(info.architecture == "x64");
  CHECK(info.assembly == (variant >= 2 ? "azmcp" : ""));
  CHECK(info.clr_version == (variant >= 2 ? "10.0.9" : ""));
  CHECK(info.rid == (variant >= 3 ? "linux-x64" : ""));
}

TEST_CASE("what a later version appends to ProcessInfo is left alone") {
  const std::string payload = payload_of("processinfo3.net10");
  CHECK(parse_process_info(payload + "more", 3).rid == "linux-x64");
  CHECK_THROWS_AS(parse_process_info(payload.substr(0, payload.size() - 1), 3), Failure);
}

TEST_CASE("the environment is read whole") {
  const std::string bytes = capture("processenvironment.net10.resp.bin");
  const std::size_t head = header_size + parse_header(bytes.substr(0, header_size)).payload_size;
  std::string all;
  for (const std::string& variable : parse_environment(bytes.substr(head)))
    all += variable + "\n";
  CHECK(all == capture("processenvironment.net10.expected.txt"));
}

TEST_CASE("an error is said in words, with its code") {
  struct Example {
    std::string name, words;
  };
  const auto example = GENERATE(values<Example>({
      {"err.unknown-command.netcore31", "this version of the runtime does not know the command (0x80131385)"},
      {"err.unknown-command.net10", "this version of the runtime does not know the command (0x80131385)"},
      {"err.bad-encoding.netcore31", "the runtime could not read the request (0x80131384)"},
      {"err.unknown-magic.netcore31", "the runtime did not recognise the protocol (0x80131386)"},
      {"err.unknown-magic.net10", "the runtime did not recognise the protocol (0x80131386)"},
      {"dump1.err.net10-singlefile-type2", "the runtime says that it failed, and not why (0x80004005)"},
      {"dump2.err.net10-singlefile-type2", "the runtime says that it failed, and not why (0x80004005)"},
  }));
  CHECK_THROWS_WITH(payload_of(example.name), "Command: " + example.words);
}

TEST_CASE("where the runtime gives a reason, that is what is said") {
  CHECK_THROWS_WITH(payload_of("dump3.err.net10-singlefile-type2"),
                    Catch::Contains("Only full dumps are supported by single file apps"));
  CHECK_THROWS_WITH(payload_of("dump3.err.net10-nodir"), Catch::Contains("Could not create output file"));
}

TEST_CASE("successes are successes") {
  for (const char* name :
       {"dump1.ok.netcore31", "dump3.ok.net10-type4", "stoptracing.net10", "resume.net10", "setenv.net10"})
    CHECK_NOTHROW(payload_of(name));
}

TEST_CASE("a version is read as far as it is one") {
  CHECK(parse_runtime_version("10.0.9") == RuntimeVersion{10, 0, 9});
  CHECK(parse_runtime_version("9.0.0-preview.3+abc") == RuntimeVersion{9, 0, 0});
  CHECK(parse_runtime_version("8") == RuntimeVersion{8, 0, 0});
  CHECK(parse_runtime_version("") == RuntimeVersion{});
  CHECK(parse_runtime_version("-1.2") == RuntimeVersion{});
  CHECK(parse_runtime_version("99999999999.1") == RuntimeVersion{});
}
