#include "tests/architecture/rules.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace dotdiag::architecture {

namespace {

/// A floor and those below it that it may include from.
struct Floor {
  std::string_view folder;
  std::vector<std::string_view> below;
};

const std::vector<Floor> floors = {
    {"core/command_line", {}},
    {"core/diagnostics", {}},
    {"core/transfer", {}},
    {"core/document", {}},
    {"core/edit", {"core/document"}},
    {"core/policy", {"core/document", "core/edit"}},
    {"core/ephemeral", {"core/document", "core/edit", "core/policy"}},
    {"webhook", {"core/command_line", "core/document", "core/edit", "core/policy", "core/ephemeral"}},
    {"linter", {"core/command_line", "core/document", "core/edit", "core/policy", "core/ephemeral"}},
    {"patch", {"core/command_line", "core/document", "core/edit", "core/policy", "core/ephemeral", "core/transfer"}},
    {"collect", {"core/command_line", "core/diagnostics", "core/transfer"}},
};

/// Includes that begin with `prefix` belong to files whose path begins with one of `homes`.
struct Library {
  std::string_view prefix;
  std::vector<std::string_view> homes;
  bool in_headers;  ///< false for libraries that make every file that includes the header slow to compile
};

const std::vector<Library> libraries = {
    {"boost/beast", {"webhook/"}, true},
    {"boost/asio", {"webhook/"}, true},
    {"openssl/", {"webhook/", "core/transfer/sha256.cpp"}, true},
    {"CLI/",
     {"core/command_line/", "webhook/options.cpp", "linter/options.cpp", "patch/", "collect/command_line.cpp"},
     true},
    {"yaml.h", {"core/document/yaml_events.cpp"}, false},
    {"yaml-cpp/", {"linter/second_reader.cpp"}, false},
    {"valijson/", {"core/document/schema.cpp"}, false},
    {"simdjson", {"core/document/json_reader.cpp"}, false},
    {"mimalloc", {"webhook/heap.cpp"}, false},
    {"prometheus/", {"webhook/metrics.cpp"}, false},
    {"zstd", {"collect/compress_zstd.cpp", "core/transfer/unpack.cpp"}, true},
    {"zlib", {"collect/compress_gzip.cpp"}, true},
};

bool ends_with_any(std::string_view text, const std::vector<std::string_view>& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](auto ending) { return text.ends_with(ending); });
}

bool starts_with_any(std::string_view text, const std::vector<std::string_view>& heads) {
  return std::any_of(heads.begin(), heads.end(), [&](auto head) { return text.starts_with(head); });
}

/// The floor that `path` lies on; nullptr for tests, fuzz targets, benchmarks and everything that is not
/// ours.
const Floor* floor_of(std::string_view path) {
  for (const Floor& floor : floors)
    if (path.starts_with(std::string(floor.folder) + "/")) return &floor;
  return nullptr;
}

/// What `file` includes, the quotes or brackets left on: `"core/edit/edit.hpp"`, `<vector>`.
std::vector<std::string> includes_of(const File& file) {
  static const std::regex include(R"(^[ \t]*#[ \t]*include[ \t]*(<[^>]*>|"[^"]*"))");
  std::vector<std::string> includes;
  std::istringstream lines(file.text);
  for (std::string line; std::getline(lines, line);)
    if (std::smatch match; std::regex_search(line, match, include)) includes.push_back(match[1]);
  return includes;
}

std::string inner(const std::string& include) {
  return include.substr(1, include.size() - 2);
}

/// True where `header` may be what declares the things in `path`: it stands in the same folder or one above. What a
/// test is about stands elsewhere.
bool declares(const std::string& header, const std::string& path) {
  if (floor_of(path) == nullptr) return true;
  return path.starts_with(std::filesystem::path(header).parent_path().generic_string() + "/");
}

std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The words of a CMakeLists.txt outside comments: a listed file is one of them.
std::set<std::string> words_of(const std::string& cmake) {
  const std::string code = std::regex_replace(cmake, std::regex("#[^\n]*|[()]"), " ");
  std::istringstream stream(code);
  return {std::istream_iterator<std::string>(stream), {}};
}

bool is_listed(const std::string& path, const std::vector<File>& files) {
  for (std::filesystem::path folder = path; folder.has_relative_path();) {
    folder = folder.parent_path();
    const std::string list = (folder / "CMakeLists.txt").generic_string();
    const std::string name = folder.empty() ? path : path.substr(folder.generic_string().size() + 1);
    for (const File& file : files)
      if (file.path == list && words_of(file.text).contains(name)) return true;
  }
  return false;
}

}  // namespace

std::vector<File> files_below(const std::string& root) {
  std::vector<File> files;
  for (std::filesystem::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
    const std::string name = entry->path().filename().string();
    const bool is_made = name == ".git" || name == ".cache" || name == "__pycache__" || name.starts_with("build");
    if (entry->is_directory() && is_made) entry.disable_recursion_pending();
    if (entry->is_regular_file())
      files.push_back({std::filesystem::relative(entry->path(), root).generic_string(), read(entry->path())});
  }
  std::sort(files.begin(), files.end(), [](const File& left, const File& right) { return left.path < right.path; });
  return files;
}

bool is_source(const File& file) {
  return ends_with_any(file.path, {".cpp", ".hpp"});
}

std::vector<std::string> include_breaks(const File& file) {
  std::vector<std::string> breaks;
  const Floor* own = floor_of(file.path);
  if (own == nullptr) return breaks;
  for (const std::string& include : includes_of(file)) {
    const std::string name = inner(include);
    const Floor* other = floor_of(name);
    if (include.starts_with('"') && (other == nullptr || (other != own && !starts_with_any(other->folder, own->below))))
      breaks.push_back(file.path + " includes " + include + ", which is not on a floor below");
    for (const Library& library : libraries) {
      if (!name.starts_with(library.prefix)) continue;
      if (!starts_with_any(file.path, library.homes))
        breaks.push_back(file.path + " includes " + include + ", which has its place elsewhere");
      else if (file.path.ends_with(".hpp") && !library.in_headers)
        breaks.push_back(file.path + " includes " + include + ", which is too slow to compile for a header");
    }
  }
  return breaks;
}

std::vector<std::string> opening_breaks(const File& file) {
  if (file.text.starts_with("//")) return {};
  const std::vector<std::string> includes = includes_of(file);
  const bool begins_with_ours = file.path.ends_with(".cpp") && file.text.starts_with("#include \"");
  if (begins_with_ours && declares(inner(includes.front()), file.path)) return {};
  return {file.path + " begins neither with a comment that says what it promises nor with the header that does"};
}

std::vector<std::string> missing_includes(const File& file, const std::vector<File>& files) {
  std::vector<std::string> missing;
  for (const std::string& include : includes_of(file)) {
    const auto is_it = [&](const File& other) { return other.path == inner(include); };
    if (include.starts_with('"') && std::none_of(files.begin(), files.end(), is_it))
      missing.push_back(file.path + " includes " + include + ", which is not a path from the root");
  }
  return missing;
}

std::vector<std::string> orphans(const std::vector<File>& files) {
  std::vector<std::string> orphans;
  for (const File& file : files)
    if (file.path.ends_with(".cpp") && !is_listed(file.path, files))
      orphans.push_back(file.path + " is in no CMakeLists.txt");
  return orphans;
}

std::vector<std::string> local_mentions(const File& file) {
  // Written in two parts, so that this file does not mention them itself.
  static const std::vector<std::string> places = {
      "/wo"
      "rk/",
      "../sha"
      "red"};
  std::vector<std::string> mentions;
  for (const std::string& place : places)
    if (file.text.find(place) != std::string::npos) mentions.push_back(file.path + " mentions " + place);
  return mentions;
}

std::vector<std::string> types_defined_twice(const std::vector<File>& files) {
  static const std::regex definition("(^|\\n)(struct|class|enum class) ([A-Za-z0-9_]+)[^;\\n]*\\{");
  std::vector<std::string> breaks;
  std::map<std::string, std::string> seen;  // by program and name; files come sorted, so the core's are seen first
  for (const File& file : files) {
    const std::string program = file.path.substr(0, file.path.find('/'));
    if (!file.path.ends_with(".hpp") || program == "tests" || program == "fuzz") continue;
    for (std::sregex_iterator match(file.text.begin(), file.text.end(), definition), end; match != end; ++match) {
      const std::string name = (*match)[3];
      auto other = seen.find("core " + name);
      if (other == seen.end()) other = seen.find(program + " " + name);
      if (other != seen.end()) breaks.push_back(name + " is defined in " + other->second + " and in " + file.path);
      seen.emplace(program + " " + name, file.path);
    }
  }
  return breaks;
}

}  // namespace dotdiag::architecture
