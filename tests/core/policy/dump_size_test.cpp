#include "core/policy/dump_size.hpp"

#include "core/document/workload.hpp"
#include "core/policy/evaluate.hpp"
#include "core/policy/policy.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace dotdiag::test {
namespace {

constexpr std::int64_t mebi = std::int64_t{1} << 20;

Quantity mebibytes(std::int64_t count) {
  return Quantity::bytes(count * mebi);
}

/// The size of the volume that `policy` adds to a pod whose container may use `memory`.
Quantity added_size(const Policy& policy, const Quantity& memory) {
  Json pod = Json::parse(R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web-0"}, "spec": {
    "containers": [{"name": "app", "resources": {"limits": {"memory": ")" +
                         memory.text() + R"("}}}]}})");
  const auto workload = as_workload(pod);
  evaluate({&policy}, pod, *workload, {});
  return *Quantity::parse(pod["spec"]["volumes"][0]["emptyDir"]["sizeLimit"].get<std::string>());
}

}  // namespace

TEST_CASE("a dump of the size that was seen has room where the memory limit says that it fits") {
  struct Seen {
    std::int64_t limit, heap, full;
  };
  const auto seen = GENERATE(values<Seen>({{64, 96, 137}, {512, 379, 420}}));
  CHECK(heap_dump_size(mebibytes(seen.limit)).value() >= seen.heap * mebi);
  CHECK(full_dump_size(mebibytes(seen.limit)).value() >= seen.full * mebi);
}

TEST_CASE("sizes are whole Mi, and as large as 64 bits at most") {
  CHECK(heap_dump_size(mebibytes(64)).text() == "144Mi");
  CHECK(full_dump_size(mebibytes(64)).text() == "208Mi");
  CHECK(recommended_room(mebibytes(1024)).text() == "1792Mi");
  CHECK(recommended_room(*Quantity::parse("7Ei")).value() >= Quantity::parse("7Ei")->value());
}

TEST_CASE("what a policy adds has room for every type of dump, whatever the memory limit") {
  for (const Policy& policy : PolicySet::builtin().all()) {
    std::int64_t step = 1;
    for (std::int64_t limit = 16; limit <= 65'536; limit += step, step = step * 5 / 4 + 1) {
      const Quantity memory = mebibytes(limit);
      const std::int64_t size = added_size(policy, memory).value();
      INFO(policy.name << ", " << memory.text());
      CHECK(size >= heap_dump_size(memory).value());
      CHECK(size >= full_dump_size(memory).value());
      CHECK(size == std::max((500 * mebi), recommended_room(memory).value()));
    }
  }
}

}  // namespace dotdiag::test
