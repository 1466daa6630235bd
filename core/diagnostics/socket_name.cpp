#include "core/diagnostics/socket_name.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <charconv>
#include <memory>

namespace dotdiag::diagnostics {
namespace {

constexpr std::string_view head = "dotnet-diagnostic-";
/// sockaddr_un::sun_path has 108 bytes, the last one zero.
constexpr std::size_t longest_path = 107;

/// Takes a number from the front of `text`; nothing where there is none.
template <typename Number>
std::optional<Number> take_number(std::string_view& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

}  // namespace

std::optional<std::string> socket_name(std::string_view directory, int inner_pid, std::uint64_t key) {
  const std::string pid_part = std::string(head) + std::to_string(inner_pid) + "-";
  const std::size_t before = directory.size() + (directory.ends_with('/') ? 0 : 1);
  if (before + pid_part.size() > longest_path) return std::nullopt;
  return (pid_part + std::to_string(key) + "-socket").substr(0, longest_path - before);
}

std::optional<SocketName> parse_socket_name(std::string_view name) {
  if (!name.starts_with(head)) return std::nullopt;
  name.remove_prefix(head.size());
  const auto pid = take_number<int>(name);
  if (!pid || *pid <= 0 || !name.starts_with('-')) return std::nullopt;
  name.remove_prefix(1);
  SocketName parsed{*pid, take_number<std::uint64_t>(name)};
  // A name that ends in the middle of the number has lost some of its digits.
  if (name.empty()) parsed.key.reset();
  const bool is_cut_end = std::string_view("-socket").starts_with(name);
  if (!is_cut_end) return std::nullopt;
  return parsed;
}

std::optional<std::vector<FoundSocket>> sockets_in(const std::string& directory) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(directory.c_str()), ::closedir);
  if (!open) return std::nullopt;
  std::vector<FoundSocket> found;
  while (const dirent* entry = ::readdir(open.get())) {
    const auto name = parse_socket_name(entry->d_name);
    const std::string path = directory + (directory.ends_with('/') ? "" : "/") + entry->d_name;
    struct stat status {};
    if (!name || ::lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) continue;
    found.push_back({*name, path, std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec});
  }
  return found;
}

}  // namespace dotdiag::diagnostics
