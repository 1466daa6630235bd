// runbook: the steps with the dotnet-* tools.
#include "core/ephemeral/output.hpp"
#include "core/ephemeral/outputs/createdump.hpp"
#include "core/ephemeral/outputs/runbook.hpp"
#include "core/ephemeral/shell.hpp"

#include <string>
#include <string_view>

namespace dotdiag {
namespace {

/// Says by /proc/PID/smaps how large the dumps will be, at most 5 MiB apart from what they were (dump_size.hpp), and
/// which of them `room` KiB can take, of which `used` are taken. awk runs where kubectl does: the debugger needs only
/// cat.
constexpr std::string_view estimate =
    R"(/^[0-9a-f]+-[0-9a-f]+ / { read = $2 ~ /^r/; write = $2 ~ /^rw.p/ } )"
    R"($1 == "Size:" { if (write) heap += $2; if (read) full += $2 } )"
    R"(END { if (!full) { print "smaps is not readable: go by what stands above"; exit } )"
    R"(heap += 5120; full += 5120; free = room - used; )"
    R"(printf "Heap takes about %d MiB, Full %d MiB", heap / 1024, full / 1024; )"
    R"(if (!room) print ": compare with what is free, there is no other limit"; )"
    R"(else printf "; %d MiB are free: %s\n", free / 1024, (free > full ? "Full fits" : free > heap ? "Heap fits, Full does not" : "only Mini fits") })";

/// Takes the number of free blocks and their size.
constexpr std::string_view free_room = R"({ printf "%d MiB are free on its disk\n", $1 * $2 / 1048576 })";

/// Takes a limit and what is in use, in bytes.
constexpr std::string_view headroom =
    R"({ n[NR] = $1 } END { if (NR < 2) print "its cgroup is not readable: is the pod close to its memory limit?"; )"
    R"(else if (n[1] == "max" || n[1] > 2^60) print "it has no memory limit"; )"
    R"(else printf "%d of %d MiB are in use, caches included: %s\n", n[2] / 1048576, n[1] / 1048576, )"
    R"((n[1] - n[2] < 20971520 ? "a dump may kill it" : "enough for createdump") })";

/// The number in the socket's name is that of the process, where the debugger sees it.
constexpr std::string_view number_in_name = R"(pid=${socket##*-diagnostic-}; pid=${pid%%-*}; echo "$pid")";

/// Writes the steps with the dotnet-* tools. In mode tmp the tools find the process by its number; in the others they
/// are given the socket's path, which needs neither a common process namespace nor the same TMPDIR.
class ToolSteps {
 public:
  ToolSteps(Runbook& book, const DebuggerPlan& plan) : book_(book), plan_(plan) {}

  void write() {
    write_look_around();
    write_installation();
    write_search();
    write_check();
    write_room();
    write_dump();
    write_copy();
    book_.step("Open it.");
    say_how_to_open(book_, local("dmp"));
    book_.say("Or in the debugger:");
    book_.run(exec(tool("dotnet-dump") + " analyze " + seen_file(), "-it "));
    book_.step("Free the room when the copy is good.");
    book_.run(exec("rm " + seen_file()));
    write_others();
  }

 private:
  bool goes_by_socket() const { return plan_.mode != DebugMode::tmp; }
  bool looks_through_proc() const { return plan_.mode == DebugMode::procroot; }

  std::string exec(const std::string& command, std::string_view flags = "") const {
    return kubectl_on_pod(plan_, "exec " + std::string(flags) + "-c " + plan_.name()) + " -- " + command;
  }

  /// Where the debugger writes: the shared directory, or a directory of its own.
  std::string own_directory() const { return looks_through_proc() ? "/tmp" : plan_.directory; }
  std::string tools() const { return own_directory() + "/.dotdiag/tools"; }
  std::string tool(const std::string& name) const { return plan_.has_tools ? name : shell_word(tools() + "/" + name); }
  void write_install(const std::string& name) {
    if (plan_.has_tools) return;
    // The tool installer needs a writable TMPDIR of its own.
    const std::string command = looks_through_proc() ? "env TMPDIR=/tmp dotnet" : "dotnet";
    book_.run(exec(command + " tool install " + name + " --tool-path " + shell_word(tools())));
  }
  std::string process() const {
    return goes_by_socket() ? "--diagnostic-port \"$socket,connect\"" : "--process-id \"$pid\"";
  }
  /// A file that a tool writes, and its copy here.
  std::string remote(const std::string& ending) const { return shell_word(own_directory() + "/" + local(ending)); }
  std::string local(const std::string& ending) const { return plan_.pod + "." + ending; }
  /// The dump as the debugger sees it; the application wrote it to `$file`.
  std::string seen_file() const { return looks_through_proc() ? "\"${socket%%/root/*}/root$file\"" : "\"$file\""; }

  void write_look_around() {
    book_.say("To look around in it, open a shell of your own, or join its first one, where exit ends it for good:");
    book_.say("  " + exec("sh", "-it "));
    book_.say("  " + kubectl_on_pod(plan_, "attach -it -c " + plan_.name()));
  }

  void write_installation() {
    if (plan_.has_tools) return;
    book_.step("Install the tool.");
    write_install("dotnet-dump");
    book_.say("No way from the pod to nuget.org? Take an image that has the tools: --image IMAGE.");
  }

  /// Prints the paths of the sockets, the newest first. Under another process's root the glob asks all processes, and
  /// those of other users refuse.
  std::string list_sockets() const {
    const bool asks_all = plan_.sockets.find('*') != std::string::npos;
    const std::string directory =
        asks_all ? "/proc/[0-9]*/root" + shell_word(plan_.directory) : shell_word(plan_.sockets);
    const std::string list = "ls -t " + directory + "/dotnet-diagnostic-*-socket" + (asks_all ? " 2>/dev/null" : "");
    return exec("sh -c " + shell_word(list));
  }

  void write_search() {
    const std::string list = list_sockets();
    book_.step("Find the process. Every .NET process has a socket; this takes the newest.");
    if (goes_by_socket()) {
      book_.run("socket=$(" + list + " | head -n 1); echo \"$socket\"");
    } else {
      book_.run(exec(tool("dotnet-dump") + " ps"));
      book_.run("pid=$(" + list + " | sed -n '1s/.*-diagnostic-\\([0-9]*\\)-.*/\\1/p'); echo \"$pid\"");
      book_.say("Is it not the one you want of those that ps lists? Say which: pid=NUMBER");
    }
    // The name has the number in the target's process namespace, in which the debugger is, too.
    if (looks_through_proc()) book_.run(number_in_name);
    say_why_none_is_found(book_, plan_);
  }

  /// Only where the debugger sees the process. It must also be let into its /proc, which the answer tells.
  void write_check() {
    if (plan_.mode == DebugMode::port) return;
    book_.step("See what would take the dump, before you ask for one.");
    book_.run("dumper=$(" + exec("sh -c " + shell_word(createdump_finder) + " sh \"$pid\"") + "); echo \"$dumper\"");
    explain_createdump(book_, plan_);
  }

  /// The process's number as the debugger sees it. In the mode by socket it stands in the socket's name.
  void write_process_number() {
    if (plan_.mode == DebugMode::port) book_.run(number_in_name);
  }

  /// The directory for dumps as the debugger sees it.
  std::string seen_directory() const {
    return looks_through_proc() ? "\"${socket%%/root/*}/root\"" + shell_word(plan_.directory)
                                : shell_word(plan_.directory);
  }

  void write_room() {
    book_.step(
        "Is there room? A dump holds what the process has committed, touched or not: more than its memory in use.");
    for (const std::string& remark : plan_.dump.remarks)
      book_.say("  " + remark);
    write_process_number();
    write_free_room();
    book_.run("used=$(" + exec("du -sk " + seen_directory()) + " | cut -f 1)");
    book_.run(exec("cat \"/proc/$pid/smaps\"") + " | awk -v used=\"${used:-0}\" -v room=" + room_in_kib() + " " +
              shell_word(estimate));
    book_.say(
        "That is what counts. Too large? Where .NET is 8 or newer, DOTNET_DbgDisablePagemapUse=0 on the application,");
    book_.say(
        "set before it starts, leaves untouched memory out. Not readable? Where the cluster has metrics, kubectl top");
    book_.say(
        "pod --containers says what is in use; Heap takes that and 80Mi at least, and 8Mi for each of many threads.");
    write_headroom();
  }

  /// df lists what is mounted where it runs: it knows nothing of a file system that only the target has mounted.
  void write_free_room() {
    if (looks_through_proc()) {
      book_.run(exec("stat -f -c '%a %S' " + seen_directory()) + " | awk " + shell_word(free_room));
    } else {
      book_.run(exec("df -h " + seen_directory()));
    }
  }

  /// 0 where no limit is known.
  std::string room_in_kib() const { return std::to_string(plan_.dump.room ? plan_.dump.room->value() / 1024 : 0); }

  /// createdump is charged to the application's own container. Its limit is read through its root, since the debugger's
  /// own /sys/fs/cgroup shows the debugger's: of cgroup v2, or else of v1.
  void write_headroom() {
    book_.say("createdump needs 20 MiB below the application's memory limit; without them the kernel may kill it.");
    const std::string limits =
        "cd \"/proc/$1/root/sys/fs/cgroup\" && cat memory.max memory.current 2>/dev/null || "
        "cat memory/memory.limit_in_bytes memory/memory.usage_in_bytes";
    book_.run(exec("sh -c " + shell_word(limits) + " sh \"$pid\"") + " | awk " + shell_word(headroom));
  }

  void write_dump() {
    book_.step("Take the dump. The application stands still meanwhile; types are Full, Heap, Mini and Triage.");
    book_.run("file=" + shell_word(plan_.directory) + "/" + plan_.target + "-$(date +%H%M%S).dmp");
    const auto collect = [this](const std::string& type) {
      return exec(tool("dotnet-dump") + " collect " + process() + " --type " + type + " --output \"$file\"");
    };
    if (plan_.mode == DebugMode::port) {
      say_what_takes_dumps(book_, plan_);
      book_.run(collect(plan_.dump.type));
    } else {
      book_.run("[ \"$dumper\" = missing ] || " + collect(plan_.dump.type));
    }
    book_.say("A single file gives only this one. The step before says how large it is:");
    book_.say("  " + collect("Full"));
  }

  void write_copy() {
    book_.step("Copy it here, and compare.");
    book_.run(exec("cat " + seen_file()) + " > " + local("dmp"));
    book_.run(exec("sha256sum " + seen_file()) + "; sha256sum " + local("dmp"));
    if (looks_through_proc()) return;
    book_.say("Or, with tar in the image: kubectl cp -c " + plan_.name() +
              (plan_.name_space.empty() ? "" : " -n " + plan_.name_space) + " " + plan_.pod + ":\"$file\" " +
              local("dmp"));
  }

  void write_tool(const std::string& name, const std::string& collect, const std::string& ending) {
    write_install(name);
    book_.run(exec(collect + " --output " + remote(ending)));
    book_.run(exec("cat " + remote(ending)) + " > " + local(ending));
  }

  /// dotnet-gcdump takes no socket, only a process: the directory of the socket that was found and the number in its
  /// name stand for it, if the tool sees the process at all.
  void write_gcdump() {
    if (plan_.mode == DebugMode::port) {
      book_.say("(dotnet-gcdump takes no socket: it needs mode tmp.)");
      return;
    }
    book_.step("Instead of a dump: what is on the heap (a full garbage collection, no memory contents).");
    const std::string collect = tool("dotnet-gcdump") + " collect ";
    if (!looks_through_proc()) {
      write_tool("dotnet-gcdump", collect + process(), "gcdump");
      return;
    }
    book_.say("It finds nothing where the application sets TMPDIR itself.");
    write_tool("dotnet-gcdump", "env TMPDIR=\"${socket%/*}\" " + collect + "--process-id \"$pid\"", "gcdump");
  }

  void write_others() {
    write_gcdump();
    book_.step("Instead of a dump: what it does, for half a minute.");
    write_tool("dotnet-trace", tool("dotnet-trace") + " collect " + process() + " --duration 00:00:30", "nettrace");
    book_.step("Instead of a dump: counters, live (q ends them).");
    write_install("dotnet-counters");
    book_.run(exec(tool("dotnet-counters") + " monitor " + process(), "-it "));
  }

  Runbook& book_;
  const DebuggerPlan& plan_;
};

}  // namespace

void write_tool_steps(Runbook& book, const DebuggerPlan& plan) {
  ToolSteps(book, plan).write();
}

}  // namespace dotdiag
