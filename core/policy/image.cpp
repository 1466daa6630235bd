#include "core/policy/image.hpp"

#include <algorithm>
#include <array>

namespace dotdiag {
namespace {

constexpr std::string_view dotnet_part = "/dotnet/";

/// What may stand between `dotnet/` and a repository's name. Images before .NET 5 are in `core`.
constexpr std::array<std::string_view, 2> folders = {"nightly/", "core/"};

constexpr std::array<std::string_view, 7> repositories = {
    "aspnet", "monitor", "monitor/base", "runtime", "runtime-deps", "samples", "sdk",
};

/// Images without .NET that run as root and have a shell.
constexpr std::array<std::string_view, 5> plain_images = {"alpine", "busybox", "debian", "nicolaka/netshoot", "ubuntu"};

constexpr int first_with_app_user = 8;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool starts_with(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

/// What stands behind `/dotnet/`: `nightly/sdk`.
std::string_view behind_dotnet(std::string_view name) {
  const auto at = name.find(dotnet_part);
  return at == std::string_view::npos ? std::string_view{} : name.substr(at + dotnet_part.size());
}

/// The name without Docker Hub's own: `docker.io/library/busybox` is `busybox`.
std::string_view hub_name(std::string_view name) {
  for (const std::string_view head : {"docker.io/", "library/"}) {
    if (starts_with(name, head)) name.remove_prefix(head.size());
  }
  return name;
}

/// `windowsservercore`, `nanoserver`, `ltsc2022`: how tags call what only Windows runs.
bool is_windows_word(std::string_view word) {
  return starts_with(word, "windows") || word == "nanoserver" || word == "servercore" || starts_with(word, "ltsc20");
}

bool is_monitor(std::string_view repository) {
  return starts_with(repository, "monitor");
}

}  // namespace

Image Image::parse(std::string_view reference) {
  Image image;
  if (const auto at = reference.find('@'); at != std::string_view::npos) {
    image.digest = reference.substr(at + 1);
    reference = reference.substr(0, at);
  }
  // A colon before the last slash belongs to a registry's port.
  const auto slash = reference.rfind('/');
  const auto colon = reference.rfind(':');
  const bool has_tag = colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash);
  image.tag = has_tag ? reference.substr(colon + 1) : std::string_view{};
  image.name = has_tag ? reference.substr(0, colon) : reference;
  return image;
}

std::string_view Image::dotnet_repository() const {
  std::string_view repository = behind_dotnet(name);
  for (const auto folder : folders) {
    if (starts_with(repository, folder)) repository.remove_prefix(folder.size());
  }
  const bool is_known = std::find(repositories.begin(), repositories.end(), repository) != repositories.end();
  return is_known ? repository : std::string_view{};
}

bool Image::is_nightly() const {
  return is_dotnet() && starts_with(behind_dotnet(name), folders.front());
}

std::optional<Version> Image::dotnet_version() const {
  return is_dotnet() ? Version::parse(tag) : std::nullopt;
}

bool Image::is_alpine() const {
  return has(tag, "alpine") || hub_name(name) == "alpine";
}

bool Image::is_windows() const {
  if (starts_with(name, "mcr.microsoft.com/windows/") || has(name, "/dotnet/framework/")) return true;
  for (std::string_view rest = tag; !rest.empty();) {
    const auto end = std::min(rest.find_first_of("-_."), rest.size());
    if (is_windows_word(rest.substr(0, end))) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

bool Image::has_no_shell() const {
  if (has(tag, "chiseled") || has(tag, "distroless")) return true;
  if (has(name, "distroless")) return !has(tag, "debug");  // the variant that comes with a busybox
  if (!is_monitor(dotnet_repository())) return false;
  const auto version = dotnet_version();
  return version ? version->major >= first_with_app_user : !tag.empty() || digest.empty();
}

std::optional<std::int64_t> Image::default_user() const {
  const auto hub = hub_name(name);
  if (std::find(plain_images.begin(), plain_images.end(), hub) != plain_images.end()) return 0;
  const auto repository = dotnet_repository();
  const bool is_hidden = tag.empty() && !digest.empty();  // a digest alone does not say which variant it is
  if (repository.empty() || repository == "samples" || is_hidden) return std::nullopt;
  if (!has_no_shell()) return 0;
  const auto version = dotnet_version();
  return version && version->major < first_with_app_user ? std::nullopt : std::optional(app_user);
}

bool Image::is_tool_box() const {
  const auto hub = hub_name(name);
  return hub == "busybox" || hub == "nicolaka/netshoot";
}

}  // namespace dotdiag
