#include "core/policy/runtime_settings.hpp"

#include <catch2/catch.hpp>

namespace dotdiag {

TEST_CASE("the runtime reads a number in hexadecimal and ignores what follows") {
  const auto [text, is_zero] = GENERATE(table<const char*, bool>({
      {"0", true},
      {"00", true},
      {"0x0", true},
      {"0X00", true},
      {" 0 ", true},
      {"-0", true},
      {"0 # off", true},
      {"0x", true},  // the 0 is a number, the x follows it
      {"1", false},
      {"0x1", false},
      {"a", false},
      {"false", false},  // 0xFA
      {"no", false},     // does not parse: the default stays
      {"off", false},
      {"", false},
      {"x0", false},
      {"100000000", false},  // does not fit
  }));
  INFO(text);
  CHECK(reads_as_zero(text) == is_zero);
}

TEST_CASE("a number is what its digits say in its base, or nothing") {
  using Number = std::optional<std::uint32_t>;
  const auto [text, base, number] = GENERATE(table<const char*, unsigned, Number>({
      {"10", 16, 16},
      {"10", 10, 10},
      {"0x10", 16, 16},
      {"0x10", 10, 0},  // a decimal number ends before the x
      {"fA", 16, 0xFA},
      {"fA", 10, std::nullopt},
      {"4 (full)", 10, 4},
      {"true", 10, std::nullopt},
      {"ffffffff", 16, 0xFFFFFFFF},
      {"fffffffff", 16, std::nullopt},
      {"99999999999999999999999999999999999999", 10, std::nullopt},
  }));
  INFO(text << " in base " << base);
  CHECK(read_number(text, base) == number);
}

TEST_CASE("a diagnostic port suspends unless it says otherwise, and its first tag counts") {
  struct Row {
    const char* value;
    std::vector<std::pair<std::string, bool>> ports;
  };
  const Row row = GENERATE(values<Row>({
      {"/diag/a.sock", {{"/diag/a.sock", true}}},
      {"/diag/a.sock,nosuspend", {{"/diag/a.sock", false}}},
      {"/diag/a.sock,NoSuspend", {{"/diag/a.sock", false}}},
      {"/diag/a.sock,connect,nosuspend", {{"/diag/a.sock", false}}},
      {"/diag/a.sock,suspend,nosuspend", {{"/diag/a.sock", true}}},
      {"/diag/a.sock,nosuspend;/b.sock", {{"/diag/a.sock", false}, {"/b.sock", true}}},
      {"/diag/a.sock;;", {{"/diag/a.sock", true}}},
      {"/diag/a.sock, nosuspend", {{"/diag/a.sock", true}}},    // with its blank it is no tag
      {" /diag/a.sock,nosuspend", {{" /diag/a.sock", false}}},  // and here the blank is part of the path
      {"nosuspend", {{"nosuspend", true}}},                     // the first word is always the address
      {",nosuspend", {{"nosuspend", true}}},                    // empty words do not count
      {"", {}},
      {";,;", {}},
  }));
  INFO(row.value);
  const auto ports = parse_diagnostic_ports(row.value);
  REQUIRE(ports.size() == row.ports.size());
  for (std::size_t index = 0; index < ports.size(); ++index) {
    CHECK(ports[index].address == row.ports[index].first);
    CHECK(ports[index].suspends == row.ports[index].second);
  }
}

TEST_CASE("a diagnostic port keeps the tags that the runtime does not know, and knows whether it listens") {
  const auto ports = parse_diagnostic_ports("/a.sock,listen,connect, nosuspend,now;/b.sock,connect,listen");
  REQUIRE(ports.size() == 2);
  CHECK(ports[0].listens);
  CHECK(ports[0].unknown_tags == std::vector<std::string>{" nosuspend", "now"});
  CHECK_FALSE(ports[1].listens);
  CHECK(ports[1].unknown_tags.empty());
}

TEST_CASE("a word is a port's tag in any case, but not with more around it") {
  CHECK(is_port_tag("NOSUSPEND"));
  CHECK(is_port_tag("connect"));
  CHECK_FALSE(is_port_tag("connect "));
  CHECK_FALSE(is_port_tag("/diag/listen"));
  CHECK_FALSE(is_port_tag(""));
}

}  // namespace dotdiag
