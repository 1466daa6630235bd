// Where a dump can go: a directory that its process can write to and that we see, under another name perhaps.
#pragma once

#include "core/diagnostics/discovery.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace dotdiag::diagnostics {

struct DumpPlace {
  std::string theirs;  ///< the directory as the process sees it
  std::string ours;    ///< as we see it
};

/// In the order in which they are worth trying: memory first, which is there and writable in nearly every container,
/// then the process's temporary directory. A socket that lies elsewhere than in its process's root lies in a directory
/// that both share, by the same name we must assume: the last place, and the only one where the process is not to be
/// seen. `wished`, where not empty, is the only one.
std::vector<DumpPlace> dump_places(const DotnetProcess& process, const std::string& wished);

/// The same for a file, which takes what it lies on: memory last.
std::vector<DumpPlace> file_places(const DotnetProcess& process, const std::string& wished);

/// What a dump is called there, with the slash before it: a name that nobody else makes.
std::string dump_name(const DotnetProcess& process);

/// The program that writes dumps, as we see it, next to libcoreclr.so; empty where the process is a single file, which
/// brings its own, or where we cannot know.
std::string createdump_path(const DotnetProcess& process);

/// Why a dump cannot work although the runtime would try: with .NET 9 a failed try costs the process its diagnostic
/// socket. Empty where nothing stands in the way.
std::string dump_obstacle(const DotnetProcess& process);

/// What a dump takes about, in bytes, from the mappings of the process: what is committed, not what is resident. 0
/// where they cannot be read.
std::uint64_t dump_estimate(int pid, bool full);

}  // namespace dotdiag::diagnostics
