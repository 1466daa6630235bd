// dump: all of the memory of a process.
#include "patch/plugin/questions/question.hpp"
#include "patch/plugin/words.hpp"

namespace dotdiag {
namespace {

/// What a slow reader takes in a second; the process stands still for as long.
constexpr double slow_bytes_per_second = 100e6;
/// Of the program that the runtime starts for it, in the container's memory.
constexpr std::uint64_t helper_memory = 20u << 20;
/// Of a mini or triage dump, generously: stacks alone.
constexpr std::uint64_t size_of_small = 16'000'000;

std::vector<std::string> command(const QuestionSettings& settings) {
  return {"dump", "--output=-", "--yes", "--compress=" + std::string(settings.packing == "gzip" ? "gzip" : "zstd")};
}

std::uint64_t size_of(const ProcessCost& cost, const std::string& type) {
  if (type == "mini" || type == "triage") return size_of_small;
  return type == "full" ? cost.full_dump : cost.heap_dump;
}

std::string way_words(const ProcessCost& cost) {
  return cost.dump_way == "pipe" ? "through a named pipe, which takes no disk" : cost.dump_way_words;
}

Price price(const ProcessCost& cost, const QuestionSettings& settings) {
  const std::uint64_t bytes = size_of(cost, passed_value(settings, "type"));
  Price price;
  price.pause_seconds = static_cast<double>(bytes) / slow_bytes_per_second;
  price.memory = helper_memory;
  if (cost.dump_way == "file") price.volume_bytes = bytes;
  if (cost.dump_way.empty()) price.impossible = cost.dump_way_words;
  price.words = cost.process + " stands still while its dump is written: about " + size_words(bytes) + ", up to " +
                time_words(price.pause_seconds) + "; it takes " + size_words(helper_memory) +
                " of its memory, and goes " + way_words(cost);
  return price;
}

std::string open_with(const std::string& file, const QuestionSettings&) {
  return "dotnet-dump analyze " + word_for_any_shell(file);
}

}  // namespace

Question dump_question() {
  Question question;
  question.name = "dump";
  question.summary = "Brings all of a process's memory here, as a file for dotnet-dump, WinDbg and lldb";
  question.ending = ".dmp";
  question.options = {
      {"-t,--type", "TYPE", "heap, full, mini or triage; default: heap", {"heap", "full", "mini", "triage"}},
      {"--way", "HOW", "pipe, file, or auto: a file only where no named pipe can be made", {"auto", "pipe", "file"}},
      {"--through", "DIR", "Make the pipe or the file in this directory, as the process sees it"}};
  question.command = command;
  question.price = price;
  question.again = "the process would stand still once more: what was written into a pipe cannot be read again";
  question.open_with = open_with;
  question.is_packed = true;
  return question;
}

}  // namespace dotdiag
