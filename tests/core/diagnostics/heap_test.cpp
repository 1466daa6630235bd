// What a heap snapshot says of types, sizes and roots, and whether it is whole.
#include "core/diagnostics/heap/heap_statistics.hpp"

#include "core/diagnostics/heap/type_name.hpp"
#include "tests/core/diagnostics/captures.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace dotdiag::diagnostics;
using namespace dotdiag::test;

namespace {

HeapTotals totals_of(const std::string& name) {
  HeapStatistics statistics;
  const NettraceReader reader = read_stream(capture(name), statistics);
  return statistics.totals(reader.lost_events());
}

/// A line of the recorded expectation: objects, bytes, type.
struct Expected {
  std::uint64_t objects = 0, bytes = 0;
  std::string type;
};

std::vector<Expected> expectation(const std::string& name) {
  std::istringstream lines(capture(name));
  std::vector<Expected> all;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && line.find("total,") == std::string::npos) {
    Expected each;
    std::istringstream words(line);
    words >> each.objects >> each.bytes;
    std::getline(words >> std::ws, each.type);
    all.push_back(each);
  }
  return all;
}

}  // namespace

TEST_CASE("types are counted as recorded, most bytes first") {
  const auto runtime = GENERATE(as<std::string>{}, "netcore31", "net10");
  const HeapTotals totals = totals_of("heap." + runtime + ".nettrace");
  const std::vector<Expected> expected = expectation("heap." + runtime + ".expected.txt");
  REQUIRE(expected.size() == 20);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(totals.types[i].name == expected[i].type);
    CHECK(totals.types[i].objects == expected[i].objects);
    CHECK(totals.types[i].bytes == expected[i].bytes);
  }
  CHECK(totals.gaps == std::vector<std::string>{});
}

TEST_CASE("totals and roots are as recorded") {
  const HeapTotals old = totals_of("heap.netcore31.nettrace");
  CHECK(old.objects == 6706);
  CHECK(old.bytes == 385136);
  CHECK(old.edges == 9108);
  CHECK(old.roots == std::array<std::uint64_t, 6>{48, 2, 61, 0, 0, 0});
  CHECK(old.largest[0].type == "System.String");
  CHECK(old.largest[0].bytes == 33366);
  CHECK(old.largest.size() == 10);
  const HeapTotals recent = totals_of("heap.net10.nettrace");
  CHECK(recent.objects == 75204);
  CHECK(recent.bytes == 6806608);
  CHECK(recent.edges == 152978);
  CHECK(recent.roots == std::array<std::uint64_t, 6>{383, 25, 1352, 0, 0, 0});
}

TEST_CASE("a snapshot with lost events is never whole") {
  const HeapTotals totals = totals_of("heap-lossy.net10.nettrace");
  CHECK(totals.objects == 12048);
  CHECK(totals.gaps == std::vector<std::string>{"the end of the collection did not come", "153 events were lost",
                                                "10708 of 13054 references came"});
}

TEST_CASE("a type whose name did not come is named by its number, and the snapshot is not whole") {
  struct Unnamed : HeapStatistics {
    Unnamed() { on_node({0x1000, 24, 0x7f00aa, 0}); }
  };
  const HeapTotals totals = Unnamed().totals(0);
  CHECK(totals.types.at(0).name == "?0x7f00aa");
  CHECK(totals.gaps.back() == "1 types have no name");
}

TEST_CASE("a snapshot that was cut off is not whole") {
  const std::string bytes = capture("heap.netcore31.nettrace");
  HeapStatistics statistics;
  read_stream(bytes.substr(0, bytes.size() / 2), statistics);
  CHECK_FALSE(statistics.totals(0).gaps.empty());
  CHECK_FALSE(statistics.has_ended());
}

TEST_CASE("each thing that can be missing is noticed") {
  Completeness whole;
  const auto start = [](Completeness& snapshot) {
    snapshot.see_collection_start(7, 2, 1, 0);
    snapshot.see_node_bulk(0);
    snapshot.see_node(1);
    snapshot.see_edge_bulk(0);
  };
  start(whole);
  whole.see_edge();
  CHECK(whole.gaps(0, 0).size() == 1);
  whole.see_collection_end(6);
  CHECK_FALSE(whole.has_ended());
  whole.see_collection_end(7);
  CHECK(whole.gaps(0, 0).empty());
  CHECK(whole.gaps(1, 0).size() == 1);
  CHECK(whole.gaps(0, 1).size() == 1);
  Completeness without_edge = whole;
  without_edge.see_node(1);
  CHECK(without_edge.gaps(0, 0) == std::vector<std::string>{"1 of 2 references came"});
  Completeness without_bulk = whole;
  without_bulk.see_node_bulk(2);
  CHECK(without_bulk.gaps(0, 0) == std::vector<std::string>{"1 groups of objects or references are missing"});
}

TEST_CASE("type names are shown as viewers show them") {
  CHECK(shown_type_name("System.Collections.Generic.List`1[Shop.Item]") ==
        "System.Collections.Generic.List<Shop.Item>");
  CHECK(shown_type_name("System.Func`2[A,B`1[C[]]][]") == "System.Func<A,B<C[]>>[]");
  CHECK(shown_type_name("Shop.Grid[,]") == "Shop.Grid[,]");
  CHECK(shown_type_name("<>c") == "<>c");
  CHECK(size_class(1000) == "");
  CHECK(size_class(1001) == " (Bytes > 1K)");
  CHECK(size_class(33366) == " (Bytes > 10K)");
}
