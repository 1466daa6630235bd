#include "collect/heap_report.hpp"

#include "collect/arguments.hpp"
#include "collect/json_object.hpp"
#include "collect/words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <sstream>
#include <string_view>

namespace dotdiag::collect {

using diagnostics::HeapTotals;
using diagnostics::TypeTotal;

namespace {

constexpr std::array<std::string_view, 6> root_names = {"stack", "finalizer", "handle", "older", "sized", "overflow"};

/// The first line of a saved heap.
constexpr std::string_view saved_head = "bytes\tobjects\ttype\n";

std::string signed_text(std::int64_t value) {
  const auto size = static_cast<std::uint64_t>(value < 0 ? -value : value);
  return (value < 0 ? "-" : "+") + grouped(size);
}

std::string roots_text(const HeapTotals& totals) {
  std::string text;
  for (std::size_t kind = 0; kind < totals.roots.size(); ++kind)
    if (totals.roots[kind] > 0)
      text += (text.empty() ? "" : ", ") + grouped(totals.roots[kind]) + " " + std::string(root_names[kind]);
  return text;
}

/// What one type gained between two snapshots.
struct Change {
  std::string name;
  std::int64_t objects = 0;
  std::int64_t bytes = 0;
};

std::vector<Change> changes(const HeapTotals& before, const HeapTotals& after) {
  std::map<std::string, Change> by_name;
  const auto add = [&](const HeapTotals& totals, std::int64_t sign) {
    for (const TypeTotal& type : totals.types) {
      Change& change = by_name[type.name];
      change.objects += sign * static_cast<std::int64_t>(type.objects);
      change.bytes += sign * static_cast<std::int64_t>(type.bytes);
    }
  };
  add(before, -1);
  add(after, 1);
  std::vector<Change> all;
  for (auto& [name, change] : by_name) {
    change.name = name;
    if (change.objects != 0 || change.bytes != 0) all.push_back(change);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Change& left, const Change& right) { return left.bytes > right.bytes; });
  return all;
}

}  // namespace

void print_heap(const HeapTotals& totals, std::size_t top, bool by_count, std::ostream& out) {
  std::vector<TypeTotal> types = totals.types;
  if (by_count)
    std::stable_sort(types.begin(), types.end(),
                     [](const TypeTotal& left, const TypeTotal& right) { return left.objects > right.objects; });
  std::vector<std::vector<std::string>> rows = {{"BYTES", "OBJECTS", "TYPE"}};
  for (std::size_t i = 0; i < std::min(top, types.size()); ++i)
    rows.push_back({grouped(types[i].bytes), grouped(types[i].objects), printable(types[i].name)});
  rows.push_back({grouped(totals.bytes), grouped(totals.objects), "all " + grouped(types.size()) + " types"});
  out << table(rows, {true, true, false});
  if (!totals.largest.empty()) {
    out << "\nThe largest objects:\n";
    rows.clear();
    for (const diagnostics::LargeObject& object : totals.largest)
      rows.push_back({grouped(object.bytes), printable(object.type)});
    out << table(rows, {true, false});
  }
  out << "\nRoots: " << roots_text(totals) << '\n';
}

std::string heap_json(const HeapTotals& totals) {
  std::vector<std::string> types, largest;
  for (const TypeTotal& type : totals.types)
    types.push_back(
        JsonObject().text("type", type.name).number("objects", type.objects).number("bytes", type.bytes).str());
  for (const diagnostics::LargeObject& object : totals.largest)
    largest.push_back(
        JsonObject().text("type", object.type).number("address", object.address).number("bytes", object.bytes).str());
  JsonObject roots;
  for (std::size_t kind = 0; kind < totals.roots.size(); ++kind)
    roots.number(root_names[kind], totals.roots[kind]);
  return JsonObject()
      .raw("whole", totals.gaps.empty() ? "true" : "false")
      .raw("gaps", json_texts(totals.gaps))
      .number("objects", totals.objects)
      .number("bytes", totals.bytes)
      .number("references", totals.edges)
      .raw("roots", roots.str())
      .raw("types", json_list(types))
      .raw("largest", json_list(largest))
      .str();
}

std::string saved_heap(const HeapTotals& totals) {
  std::string text(saved_head);
  for (const TypeTotal& type : totals.types)
    text += std::to_string(type.bytes) + "\t" + std::to_string(type.objects) + "\t" + printable(type.name) + "\n";
  return text;
}

HeapTotals parse_saved_heap(const std::string& text, const std::string& path) {
  if (!text.starts_with(saved_head)) throw Misuse(path + ": not written by `heap --save`");
  HeapTotals totals;
  std::istringstream lines(text.substr(saved_head.size()));
  for (std::string line; std::getline(lines, line);) {
    TypeTotal type;
    std::istringstream words(line);
    if (!(words >> type.bytes >> type.objects) || words.get() != '\t' || !std::getline(words, type.name))
      throw Misuse(path + ": damaged: take the snapshot again");
    totals.bytes += type.bytes;
    totals.objects += type.objects;
    totals.types.push_back(std::move(type));
  }
  return totals;
}

void print_heap_diff(const HeapTotals& before, const HeapTotals& after, std::size_t top, std::ostream& out) {
  const std::vector<Change> all = changes(before, after);
  std::vector<std::vector<std::string>> rows = {{"BYTES", "OBJECTS", "TYPE"}};
  for (std::size_t i = 0; i < std::min(top, all.size()); ++i)
    rows.push_back({signed_text(all[i].bytes), signed_text(all[i].objects), printable(all[i].name)});
  const auto gained = [](std::uint64_t from, std::uint64_t to) { return static_cast<std::int64_t>(to - from); };
  rows.push_back({signed_text(gained(before.bytes, after.bytes)), signed_text(gained(before.objects, after.objects)),
                  "all types: " + grouped(before.bytes) + " bytes, now " + grouped(after.bytes)});
  out << table(rows, {true, true, false});
}

}  // namespace dotdiag::collect
