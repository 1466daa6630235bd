// The .gcdump file, read back by a reader that was written for the tests, and beside a recorded one.
#include "core/diagnostics/heap/gcdump.hpp"

#include "core/diagnostics/heap/gcdump_nodes.hpp"
#include "tests/core/diagnostics/captures.hpp"
#include "tests/core/diagnostics/gcdump_reader.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <sstream>

using namespace dotdiag::diagnostics;
using namespace dotdiag::test;

namespace {

Gcdump written(const std::string& name) {
  HeapGraph graph;
  read_stream(capture(name), graph);
  std::ostringstream out;
  write_gcdump(graph, {"host", "app"}, out);
  return GcdumpReader(out.str()).read();
}

/// The recorded file has `[]c` for a compiler's class `<>c`, and `<,>` for an array of two dimensions.
std::string as_recorded(std::string name) {
  for (const auto& [ours, theirs] : {std::pair("<>", "[]"), std::pair("[,]", "<,>")})
    for (std::size_t at = 0; (at = name.find(ours, at)) != std::string::npos;)
      name.replace(at, std::string_view(ours).size(), theirs);
  return name;
}

/// Objects with an address by type: how many and how large.
std::map<std::string, std::pair<std::uint64_t, std::int64_t>> by_type(const Gcdump& dump) {
  std::map<std::string, std::pair<std::uint64_t, std::int64_t>> types;
  for (std::size_t i = 0; i < dump.objects.size(); ++i) {
    if (dump.objects[i].address == 0) continue;
    auto& [objects, bytes] = types[as_recorded(dump.type_of(i))];
    ++objects;
    bytes += dump.objects[i].size;
  }
  return types;
}

/// References between objects, by their addresses.
std::multiset<std::pair<std::uint64_t, std::uint64_t>> references(const Gcdump& dump) {
  std::multiset<std::pair<std::uint64_t, std::uint64_t>> all;
  for (const Gcdump::Object& object : dump.objects)
    for (const std::size_t child : object.children)
      if (object.address != 0) all.emplace(object.address, dump.objects.at(child).address);
  return all;
}

std::size_t reachable(const Gcdump& dump) {
  std::vector<bool> seen(dump.objects.size());
  std::vector<std::size_t> waiting = {dump.root};
  std::size_t count = 0;
  while (!waiting.empty()) {
    const std::size_t at = waiting.back();
    waiting.pop_back();
    if (seen.at(at)) continue;
    seen[at] = true;
    ++count;
    waiting.insert(waiting.end(), dump.objects[at].children.begin(), dump.objects[at].children.end());
  }
  return count;
}

}  // namespace

TEST_CASE("the file says the same as the recorded one, which PerfView's reader accepted") {
  const Gcdump ours = written("heap.netcore31.nettrace");
  const Gcdump recorded = GcdumpReader(capture("heap.netcore31.gcdump")).read();
  CHECK(ours.total_size == 385136);
  CHECK(ours.total_size == recorded.total_size);
  CHECK(by_type(ours) == by_type(recorded));
  CHECK(references(ours) == references(recorded));
  CHECK(ours.pid == recorded.pid);
  CHECK(ours.time < recorded.time);  // ours is when the snapshot was taken, the recorded one when it was converted
  CHECK(ours.machine == "host");
  CHECK(ours.process == "app");
  CHECK(ours.tool == "dotdiag");
}

TEST_CASE("every object is reached from the root, through groups that name what keeps it") {
  for (const char* name : {"heap.netcore31.nettrace", "heap.net10.nettrace"}) {
    const Gcdump dump = written(name);
    CHECK(reachable(dump) == dump.objects.size());
    CHECK(dump.type_of(dump.root) == "[.NET Roots]");
    CHECK(dump.type_of(dump.objects[dump.root].children.at(0)) == "[local vars]");
    CHECK(dump.type_of(dump.objects[dump.root].children.at(1)) == "[static vars]");
  }
}

TEST_CASE("objects that live outside the collected heap are shown too") {
  const Gcdump dump = written("heap.net10.nettrace");
  const std::size_t last = dump.objects[dump.root].children.back();
  CHECK(dump.type_of(last) == "[frozen Objects]");
  CHECK(dump.objects[last].children.size() == 2041);
  CHECK(dump.type_of(dump.objects[last].children[0]).starts_with("System."));
}

TEST_CASE("numbers take as few bytes as do") {
  const auto bytes = [](std::int32_t value) {
    std::string blob;
    append_compressed(blob, value);
    return blob;
  };
  CHECK(bytes(0) == std::string(1, '\0'));
  CHECK(bytes(63) == "\x3F");
  CHECK(bytes(64) == std::string("\x80\x40", 2));
  CHECK(bytes(-64) == "\x40");
  CHECK(bytes(-65) == "\xFF\x3F");
  CHECK(bytes(2147483647).size() == 5);
  CHECK(bytes(-2147483647 - 1).size() == 5);
}

TEST_CASE("an empty heap makes a file that can be read") {
  std::ostringstream out;
  write_gcdump(HeapGraph(), {}, out);
  const Gcdump dump = GcdumpReader(out.str()).read();
  CHECK(dump.objects.size() == 1);
  CHECK(dump.total_size == 0);
}
