// dump: the memory of a process, streamed out of it without a disk.
#include "collect/command.hpp"
#include "collect/compress.hpp"
#include "collect/consent.hpp"
#include "collect/interrupt.hpp"
#include "collect/output_file.hpp"
#include "collect/sha256.hpp"
#include "collect/spool.hpp"
#include "collect/target.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/dump/dump_place.hpp"
#include "core/diagnostics/dump/dump_stream.hpp"
#include "core/diagnostics/dump/elf_core.hpp"
#include "core/diagnostics/failure.hpp"

#include <chrono>
#include <iostream>

namespace dotdiag::collect {
namespace {

using diagnostics::DumpType;
using diagnostics::Failure;
using diagnostics::FailureKind;

/// What a slow disk takes in a second; the process stands still for as long.
constexpr std::uint64_t slow_bytes_per_second = 100'000'000;
constexpr std::uint64_t size_worth_asking = 2'000'000'000;

DumpType type_of(const std::string& name) {
  if (name == "full") return DumpType::full;
  if (name == "mini") return DumpType::mini;
  return name == "triage" ? DumpType::triage : DumpType::heap;
}

/// Takes one dump and writes it, checked, compressed where that was asked for.
class Dumping {
 public:
  Dumping(Target& target, const Arguments& arguments)
      : target_(target),
        arguments_(arguments),
        path_(arguments.text("output")),
        packing_(packing_for(arguments.one_of("compress", {"auto", "zstd", "gzip", "none"}), path_)) {}

  int run(DumpType type) {
    ask(type);
    try {
      return take(type);
    } catch (const Failure& failure) {
      if (type == DumpType::full || !only_full(failure)) throw;
    }
    std::cerr << target_.title() << " is a single file, which gives only full dumps: taking a full one\n";
    ask(DumpType::full);
    return take(DumpType::full);
  }

 private:
  /// What the runtime says where an application is a single file without the debugger's library beside it.
  static bool only_full(const Failure& failure) {
    return failure.kind() == FailureKind::refused &&
           std::string_view(failure.what()).find("Only full dumps are supported") != std::string_view::npos;
  }

  void ask(DumpType type) const {
    const std::uint64_t bytes = diagnostics::dump_estimate(target_.process().pid, type == DumpType::full);
    const bool is_small = type == DumpType::mini || type == DumpType::triage;
    if (is_small || bytes < size_worth_asking) return;
    ask_for_consent(arguments_, "the dump has about " + size_text(bytes) +
                                    ", and the process stands still until all of it "
                                    "is written: up to " +
                                    std::to_string(bytes / slow_bytes_per_second) + " s");
  }

  int take(DumpType type) {
    OutputFile file(path_);
    // Standard output is a pipe over a network; a file of ours is written as fast as it comes.
    Spool spool(file, file.is_standard_output() ? spool_memory() : 0);
    Sha256 sum;
    const auto compressor = make_compressor(packing_, [&](std::string_view bytes) {
      sum.add(bytes);
      spool.write(bytes);
    });
    diagnostics::ElfCore core;
    diagnostics::DumpFifo fifo(dump_places(target_.process(), arguments_.text("through")), target_.process());
    diagnostics::DumpStreamWish wish;
    wish.type = type;
    wish.pid = target_.process().pid;
    const auto begin = std::chrono::steady_clock::now();
    const auto sink = [&](std::string_view bytes) {
      core.feed(bytes);
      compressor->write(bytes);
      progress(core.size());
    };
    stream_dump(target_.client(), target_.version(), wish, fifo, sink, [] { return !is_interrupted(); });
    const std::chrono::duration<double> stood = std::chrono::steady_clock::now() - begin;
    show_progress("");
    compressor->finish();
    spool.flush();
    if (const std::string problem = core.problem(); !problem.empty())
      throw Failure(FailureKind::malformed, "the dump is not whole: " + problem);
    file.keep();
    say(core.size(), spool.total(), stood.count());
    std::cerr << "SHA-256 " << sum.finish() << '\n';
    return 0;
  }

  void progress(std::uint64_t bytes) {
    if (bytes - shown_ < 16'000'000) return;
    shown_ = bytes;
    show_progress("reading: " + size_text(bytes));
  }

  void say(std::uint64_t bytes, std::uint64_t written, double seconds) const {
    std::cerr << (path_ == "-" ? "standard output" : path_) << ": a dump of " << size_text(bytes);
    if (packing_ != Packing::none)
      std::cerr << ", " << size_text(written) << " compressed (unpack it with " << unpacking_command(packing_) << ")";
    std::cerr << "; the process stood still for " << static_cast<int>(seconds * 1000) << " ms\n";
  }

  Target& target_;
  const Arguments& arguments_;
  std::string path_;
  Packing packing_;
  std::uint64_t shown_ = 0;
};

int run(const Arguments& arguments) {
  const DumpType type = type_of(arguments.one_of("type", {"heap", "full", "mini", "triage"}));
  if (!arguments.has("output")) throw Misuse("where to? give --output FILE");
  Target target(arguments);
  const std::string obstacle = dump_obstacle(target.process());
  if (!obstacle.empty()) throw Failure(FailureKind::unsuitable, obstacle);
  return Dumping(target, arguments).run(type);
}

}  // namespace

Command dump_command() {
  return {
      "dump",
      "",
      "write the memory of a process to a file, for dotnet-dump, WinDbg and lldb",
      "The dump is streamed through a named pipe in the process's /dev/shm or temporary directory: it needs no disk\n"
      "there, and nothing of it stays. The process stands still until the last byte.",
      0,
      with_target({{"output", 'o', "FILE", "The file; - for standard output"},
                   {"type", 't', "TYPE", "heap, full, mini or triage; default: heap"},
                   {"compress", '\0', "HOW",
                    "zstd, gzip, none or auto: by the file's ending, zstd for standard output; default: auto"},
                   {"through", '\0', "DIR", "Make the named pipe in this directory, as the process sees it"},
                   yes_option}),
      run};
}

}  // namespace dotdiag::collect
