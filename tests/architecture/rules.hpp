// The shape of the source tree as rules: what a file may include, how it begins, where it is listed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag::architecture {

/// A file of the tree; `path` is relative to its root, with `/`.
struct File {
  std::string path;
  std::string text;
};

/// Every file below `root` but those that are made: build directories, caches, git's own. Sorted by path.
std::vector<File> files_below(const std::string& root);

/// True for .cpp and .hpp.
bool is_source(const File& file);

// Each of these is empty, or one sentence for each break of the rule.

/// The floors: core/document < core/edit < core/policy < core/ephemeral < webhook, linter, patch, which never include
/// each other. Each library stays where the table in rules.cpp has it. Tests, fuzz targets and benchmarks may include
/// anything.
std::vector<std::string> include_breaks(const File& file);

/// A file says first what it promises: a comment; in a .cpp file the header that declares its contents may stand there
/// instead.
std::vector<std::string> opening_breaks(const File& file);

/// Every quoted include names a file by its path from the root, and that file is there.
std::vector<std::string> missing_includes(const File& file, const std::vector<File>& files);

/// A .cpp file that no CMakeLists.txt of its folder or one above lists would silently not be built.
std::vector<std::string> orphans(const std::vector<File>& files);

/// A type that two headers define under one name: two programs in one, of which the linker picks parts at random (the
/// One Definition Rule). The programs are not linked with each other, so each may have its own.
std::vector<std::string> types_defined_twice(const std::vector<File>& files);

/// Places that exist only where a file was written, and mean nothing to its readers.
std::vector<std::string> local_mentions(const File& file);

}  // namespace dotdiag::architecture
