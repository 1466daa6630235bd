// Every request, byte by byte: the recorded ones, and against the specification of each payload.
#include "core/diagnostics/request.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/failure.hpp"
#include "tests/core/diagnostics/request_check.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::diagnostics;
using dotdiag::test::request_problem;

namespace {

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    text += digits[static_cast<unsigned char>(byte) >> 4];
    text += digits[static_cast<unsigned char>(byte) & 15];
  }
  return text;
}

SessionWish wish_of(std::vector<Provider> providers) {
  SessionWish wish;
  wish.providers = std::move(providers);
  return wish;
}

}  // namespace

TEST_CASE("the requests are those that real runtimes answered") {
  CHECK(hex(process_info_request(2).bytes()) == "444f544e45545f4950435f563100140004040000");
  CHECK(hex(dump_request(3, "/tmp/a.dmp", DumpType::full).bytes()) ==
        "444f544e45545f4950435f5631003600010300000b0000002f0074006d0070002f0061002e0064006d00700000000400000000000000");
  SessionWish wish = wish_of({{"Microsoft-Windows-DotNETRuntime", 1, 4, {}}});
  wish.rundown = 0;
  const std::string bytes = collect_request_2(wish).bytes();
  // The recorded request had a zero count for no arguments, ours is the empty text: both are in the specification.
  CHECK(bytes.size() == 119);
  CHECK(hex(bytes.substr(0, 55)) ==
        "444f544e45545f4950435f5631007700020300000001000001000000000100000001000000000000000400000020000000"
        "4d0069006300");
}

TEST_CASE("runtimes that know only all or none of the rundown are asked for it where names are wished") {
  constexpr std::size_t rundown = 28;  // behind the header, the buffer and the format
  SessionWish wish = wish_of({{"A", 1, 4, {}}});
  for (const auto& [keywords, expected] : {std::pair(rundown_default, 1), std::pair(rundown_methods, 1),
                                           std::pair(rundown_collector, 0), std::pair(std::uint64_t{0}, 0)}) {
    wish.rundown = keywords;
    CHECK(collect_request_2(wish).bytes().at(rundown) == expected);
    CHECK(collect_request_4(wish).bytes().substr(rundown, 8) == ByteWriter().u64(keywords).bytes());
  }
}

TEST_CASE("every request follows the specification") {
  const SessionWish wish = wish_of({{"Some.Provider", 0xFFFFFFFFFFFFFFFF, 5, "A=1;B=2"}, {"Other", 0, 0, ""}});
  for (const Request& request :
       {process_info_request(1), process_info_request(2), process_info_request(3), process_environment_request(),
        resume_request(), set_environment_request("NAME", ""), dump_request(1, "/a", DumpType::mini),
        dump_request(2, "/a", DumpType::heap), dump_request(3, "/a b/\xC3\xA4", DumpType::triage),
        collect_request_2(wish), collect_request_4(wish), stop_request(0x8877665544332211)}) {
    CAPTURE(request.name());
    CHECK(request_problem(request.bytes()) == "");
  }
}

TEST_CASE("the check of requests sees what would harm a runtime") {
  const std::string dump = dump_request(3, "/a", DumpType::full).bytes();
  const auto with_size = [](std::string bytes) {
    bytes[14] = static_cast<char>(bytes.size());
    return bytes;
  };
  CHECK(request_problem(dump.substr(0, dump.size() - 1)) != "");
  CHECK(request_problem(with_size(dump.substr(0, dump.size() - 4))) != "");
  CHECK(request_problem(with_size(dump.substr(0, 20))) != "");
  CHECK(request_problem(with_size(dump + "x")) != "");
  CHECK(request_problem(with_size(dump.substr(0, 20) + std::string("\1\0\0\0\0\0\4\0\0\0\0\0\0\0", 14))) != "");
}

TEST_CASE("what would harm a runtime, or surprise its user, cannot be asked for") {
  CHECK_THROWS_AS(dump_request(3, "", DumpType::full), Failure);
  CHECK_THROWS_WITH(dump_request(1, "/tmp/%p.dmp", DumpType::full),
                    "/tmp/%p.dmp: the runtime would expand the `%`: choose a name without one");
  CHECK_THROWS_AS(dump_request(1, std::string("/tmp/a\0b", 8), DumpType::full), Failure);
  CHECK_THROWS_AS(set_environment_request("", "value"), Failure);
  CHECK_THROWS_AS(set_environment_request("A=B", "value"), Failure);
  CHECK_THROWS_AS(collect_request_2(wish_of({})), Failure);
  CHECK_THROWS_AS(collect_request_4(wish_of({{"", 1, 4, ""}})), Failure);
  CHECK_THROWS_AS(collect_request_4(wish_of({{"Name", 1, 6, ""}})), Failure);
  CHECK_THROWS_AS(collect_request_4(wish_of(std::vector<Provider>(1001, {"Name", 1, 4, ""}))), Failure);
  SessionWish without_buffer = wish_of({{"Name", 1, 4, ""}});
  without_buffer.buffer_mb = 0;
  CHECK_THROWS_AS(collect_request_2(without_buffer), Failure);
}

TEST_CASE("a request that does not fit into a message is refused, not cut off") {
  const std::string long_name(40'000, 'n');
  CHECK_THROWS_WITH(collect_request_2(wish_of({{long_name, 1, 4, ""}})), Catch::Contains("the protocol allows 65515"));
}
