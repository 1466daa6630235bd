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
      {"1", false},
      {"0x1", false},
      {"a", false},
      {"false", false},  // 0xFA
      {"no", false},     // does not parse: the default stays
      {"off", false},
      {"", false},
      {"0x", false},
  }));
  INFO(text);
  CHECK(reads_as_zero(text) == is_zero);
}

TEST_CASE("a diagnostic port suspends unless it says otherwise, and its first tag counts") {
  struct Row {
    const char* value;
    std::vector<std::pair<std::string, bool>> ports;
  };
  const Row row = GENERATE(values<Row>({
      {"/diag/a.sock", {{"/diag/a.sock", true}}},
      {"/diag/a.sock,nosuspend", {{"/diag/a.sock", false}}},
      {"/diag/a.sock,connect,nosuspend", {{"/diag/a.sock", false}}},
      {"/diag/a.sock,suspend,nosuspend", {{"/diag/a.sock", true}}},
      {"/diag/a.sock,nosuspend;/b.sock", {{"/diag/a.sock", false}, {"/b.sock", true}}},
      {"/diag/a.sock;;", {{"/diag/a.sock", true}}},
      {"nosuspend", {{"nosuspend", true}}},  // the first word is always the address
      {"", {}},
  }));
  INFO(row.value);
  const auto ports = parse_diagnostic_ports(row.value);
  REQUIRE(ports.size() == row.ports.size());
  for (std::size_t index = 0; index < ports.size(); ++index) {
    CHECK(ports[index].address == row.ports[index].first);
    CHECK(ports[index].suspends == row.ports[index].second);
  }
}

}  // namespace dotdiag
