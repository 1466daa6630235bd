#include "core/diagnostics/proc.hpp"

#include "core/diagnostics/descriptor.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <memory>

namespace dotdiag::diagnostics {
namespace {

/// Calls `use` with each line of `text`.
template <typename Use>
void for_each_line(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    use(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

/// The words of a line between blanks and tabs.
std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> found;
  for (std::size_t at = line.find_first_not_of(" \t"); at != std::string_view::npos;) {
    const std::size_t end = line.find_first_of(" \t", at);
    found.push_back(line.substr(at, end - at));
    at = end == std::string_view::npos ? end : line.find_first_not_of(" \t", end);
  }
  return found;
}

template <typename Number>
Number number(std::string_view text, int base = 10) {
  Number value{};
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

}  // namespace

std::optional<std::string> read_proc_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return std::nullopt;
  std::string text;
  std::array<char, 1 << 14> part;
  // A process can end between the opening and the reading.
  for (ssize_t count = 0; (count = ::read(file.get(), part.data(), part.size())) != 0;) {
    if (count < 0) return std::nullopt;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
  return text;
}

std::vector<int> pids_in(const std::string& proc) {
  std::vector<int> pids;
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(proc.c_str()), ::closedir);
  while (const dirent* entry = open ? ::readdir(open.get()) : nullptr) {
    const char* end = entry->d_name + std::strlen(entry->d_name);
    int pid = 0;
    if (const auto read = std::from_chars(entry->d_name, end, pid); read.ec == std::errc() && read.ptr == end)
      pids.push_back(pid);
  }
  std::sort(pids.begin(), pids.end());
  return pids;
}

std::vector<std::string> split_at_zeros(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find('\0');
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

ProcStatus parse_status(std::string_view text) {
  ProcStatus status;
  for_each_line(text, [&](std::string_view line) {
    const std::vector<std::string_view> word = words(line);
    if (word.size() < 2) return;
    if (word[0] == "Name:") status.name = line.substr(line.find_first_not_of(" \t", 5));
    if (word[0] == "State:") status.state = word[1][0];
    if (word[0] == "Uid:" && word.size() > 2) status.uid = number<uid_t>(word[2]);
    if (word[0] == "Gid:" && word.size() > 2) status.gid = number<gid_t>(word[2]);
    if (word[0] == "NSpid:") status.inner_pid = number<int>(word.back());
    if (word[0] == "CapPrm:") status.capabilities = number<std::uint64_t>(word[1], 16);
    if (word[0] == "VmRSS:") status.resident_kb = number<std::uint64_t>(word[1]);
  });
  return status;
}

std::uint64_t parse_start_time(std::string_view stat) {
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string_view::npos) return 0;
  const std::vector<std::string_view> word = words(stat.substr(name_end + 1));
  return word.size() > 19 ? number<std::uint64_t>(word[19]) : 0;
}

std::optional<std::string> environment_value(std::string_view environment, std::string_view name) {
  for (const std::string& variable : split_at_zeros(environment))
    if (variable.size() > name.size() && variable.starts_with(name) && variable[name.size()] == '=')
      return variable.substr(name.size() + 1);
  return std::nullopt;
}

std::optional<std::string> mapped_file(std::string_view maps, std::string_view name) {
  std::optional<std::string> found;
  for_each_line(maps, [&](std::string_view line) {
    const std::size_t slash = line.find('/');
    if (found || slash == std::string_view::npos) return;
    if (line.ends_with("/" + std::string(name))) found = line.substr(slash);
  });
  return found;
}

MappedBytes mapped_bytes(std::string_view maps) {
  MappedBytes bytes;
  for_each_line(maps, [&](std::string_view line) {
    const std::vector<std::string_view> word = words(line);
    const std::size_t dash = word.empty() ? std::string_view::npos : word[0].find('-');
    if (word.size() < 5 || dash == std::string_view::npos || word[1].size() != 4) return;
    const auto size = number<std::uint64_t>(word[0].substr(dash + 1), 16) - number<std::uint64_t>(word[0], 16);
    if (word[1][0] == 'r') bytes.readable += size;
    if (word[1][1] == 'w' && word[1][3] == 'p') bytes.writable += size;
  });
  return bytes;
}

}  // namespace dotdiag::diagnostics
