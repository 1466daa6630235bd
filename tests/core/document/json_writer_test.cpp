#include "core/document/json_writer.hpp"

#include "core/document/json_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace dotdiag;

TEST_CASE("JSON is written byte for byte as the library writes it") {
  const auto text = GENERATE(as<std::string>(), R"({})", R"([])", R"({"a":{},"b":[]})", R"([null,true,false])",
                             R"([0,-1,18446744073709551615,1.5,1e300])", R"({"z":1,"a":[{"b":"c"},[[]]]})",
                             R"(["\"\\\/\b\f\n\r\t","é\u00e9\ud83d\ude00",""])");
  const Json value = read_json(text, "test");
  CHECK(write_json(value) == value.dump());
}

TEST_CASE("every character of one byte is escaped as the library escapes it") {
  for (char character = 0; character >= 0 && character < 127; ++character) {
    const Json value = std::string("a") + character + "b";
    CAPTURE(static_cast<int>(character));
    CHECK(write_json(value) == value.dump());
  }
}
