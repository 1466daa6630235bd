// dump: the memory of a process, streamed out of it without a disk where that can be.
#include "collect/command.hpp"
#include "collect/compress.hpp"
#include "collect/consent.hpp"
#include "collect/dump_way.hpp"
#include "collect/output_file.hpp"
#include "collect/progress.hpp"
#include "collect/spool.hpp"
#include "collect/target.hpp"
#include "collect/words.hpp"
#include "core/diagnostics/dump/dump_place.hpp"
#include "core/diagnostics/dump/elf_core.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/transfer/sha256.hpp"

#include <sys/statvfs.h>

#include <iostream>

namespace dotdiag::collect {
namespace {

using diagnostics::DumpType;
using diagnostics::Failure;
using diagnostics::FailureKind;

/// What a slow disk takes in a second; the process stands still for as long.
constexpr std::uint64_t slow_bytes_per_second = 100'000'000;
constexpr std::uint64_t size_worth_asking = 2'000'000'000;
/// Of a mini or triage dump, generously: stacks alone.
constexpr std::uint64_t size_of_small = 16'000'000;

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

  std::uint64_t estimate(DumpType type) const {
    const bool is_small = type == DumpType::mini || type == DumpType::triage;
    return is_small ? size_of_small : diagnostics::dump_estimate(target_.process().pid, type == DumpType::full);
  }

  void ask(DumpType type) const {
    const std::uint64_t bytes = estimate(type);
    if (const std::uint64_t free = free_at_output(); packing_ == Packing::none && free < bytes)
      ask_for_consent(arguments_, path_ + " lies where " + size_words(free) + " are free, and the dump has about " +
                                      size_words(bytes) + ": --compress zstd makes it a tenth or less");
    if (bytes < size_worth_asking) return;
    ask_for_consent(arguments_, "the dump has about " + size_words(bytes) +
                                    ", and the process stands still until all of it "
                                    "is written: up to " +
                                    std::to_string(bytes / slow_bytes_per_second) + " s");
  }

  /// Without an end where what is written does not lie in a file system.
  std::uint64_t free_at_output() const {
    struct statvfs status {};
    const std::size_t slash = path_.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : path_.substr(0, slash + 1);
    const bool is_known = path_ != "-" && !path_.starts_with("/dev/") && ::statvfs(directory.c_str(), &status) == 0;
    return is_known ? std::uint64_t{status.f_bavail} * status.f_frsize : ~std::uint64_t{0};
  }

  int take(DumpType type) {
    about_ = estimate(type);
    OutputFile file(path_);
    // Standard output is a pipe over a network; a file of ours is written as fast as it comes.
    Spool spool(file, file.is_standard_output() ? spool_memory() : 0);
    transfer::Sha256 sum;
    const auto compressor = make_compressor(packing_, [&](std::string_view bytes) {
      sum.add(bytes);
      spool.write(bytes);
    });
    diagnostics::ElfCore core;
    DumpWay way(target_.process(),
                {arguments_.one_of("way", {"auto", "pipe", "file"}), arguments_.text("through"), about_});
    announce(way);
    diagnostics::DumpWish wish;
    wish.type = type;
    wish.pid = target_.process().pid;
    const auto sink = [&](std::string_view bytes) {
      core.feed(bytes);
      compressor->write(bytes);
      progress(core.size());
    };
    progress(0);
    const double stood = way.take(target_.client(), target_.version(), wish, sink);
    show_progress("");
    compressor->finish();
    tell_progress({std::string(transfer::phase::stood), static_cast<std::uint64_t>(stood * 1000), 0});
    tell_progress({std::string(transfer::phase::sending), 0, spool.total()});
    spool.flush();
    if (const std::string problem = core.problem(); !problem.empty())
      throw Failure(FailureKind::malformed, "the dump is not whole: " + problem);
    file.keep();
    if (is_progress_told()) return 0;  // in another's words
    say(core.size(), spool.total(), stood);
    std::cerr << "SHA-256 " << sum.finish() << '\n';
    return 0;
  }

  void announce(const DumpWay& way) const {
    const auto& status = target_.process().status;
    std::cerr << target_.title() << " writes";
    if (target_.process().pid > 0) std::cerr << ", as " << status.uid << ':' << status.gid << ',';
    std::cerr << ' ' << way.description() << '\n';
  }

  void progress(std::uint64_t bytes) {
    if (bytes > 0 && bytes - shown_ < 16'000'000) return;
    shown_ = bytes;
    tell_progress({std::string(transfer::phase::taking), bytes, about_});
    show_progress("reading: " + size_words(bytes));
  }

  void say(std::uint64_t bytes, std::uint64_t written, double seconds) const {
    std::cerr << (path_ == "-" ? "standard output" : path_) << ": a dump of " << size_words(bytes);
    if (packing_ != Packing::none)
      std::cerr << ", " << size_words(written) << " compressed (unpack it with " << unpacking_command(packing_) << ")";
    std::cerr << "; the process stood still for " << static_cast<int>(seconds * 1000) << " ms\n";
  }

  Target& target_;
  const Arguments& arguments_;
  std::string path_;
  Packing packing_;
  std::uint64_t about_ = 0;  ///< what the dump will have
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
      "there, and nothing of it stays. The process stands still until the last byte. Where no pipe can be made it is\n"
      "written to a file in the process's temporary directory, where that has the room, read back and removed.",
      0,
      with_target(
          {{"output", 'o', "FILE", "The file; - for standard output"},
           {"type", 't', "TYPE", "heap, full, mini or triage; default: heap"},
           {"compress", '\0', "HOW",
            "zstd, gzip, none or auto: by the file's ending, zstd for standard output; default: auto"},
           {"way", '\0', "HOW", "pipe, file, or auto: a file only where no named pipe can be made; default: auto"},
           {"through", '\0', "DIR", "Make the pipe or the file in this directory, as the process sees it"},
           yes_option}),
      run};
}

}  // namespace dotdiag::collect
