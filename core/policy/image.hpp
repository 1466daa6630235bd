// What the name of a container image tells about what is in it.
#pragma once

#include "core/policy/version.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace dotdiag {

/// An image reference, taken apart: `mcr.microsoft.com/dotnet/aspnet:8.0-alpine@sha256:...`. Views into the text given.
struct Image {
  std::string_view name;    ///< `mcr.microsoft.com/dotnet/aspnet`
  std::string_view tag;     ///< `8.0-alpine`; empty where there is none
  std::string_view digest;  ///< `sha256:...`; empty where there is none

  static Image parse(std::string_view reference);

  /// True where tomorrow's pull may bring another image: no digest, and the tag `latest` or none.
  bool is_floating() const { return digest.empty() && (tag.empty() || tag == "latest"); }
  /// One of Microsoft's images with a .NET runtime, be it in a mirror: `.../dotnet/<repository>`. Images of the older
  /// .NET Framework, and what others publish below a folder called dotnet, are not.
  bool is_dotnet() const { return !dotnet_repository().empty(); }
  /// `aspnet`, `runtime`, `runtime-deps`, `sdk`, `monitor`, `monitor/base`, `samples`; empty where it is no such image.
  std::string_view dotnet_repository() const;
  bool is_nightly() const;
  /// The version of .NET in one of Microsoft's images, from its tag.
  std::optional<Version> dotnet_version() const;
  /// True where name or tag say Alpine, whose C library is musl.
  bool is_alpine() const;
  /// True where name or tag say Windows: Microsoft's images for it, .NET Framework, a tag with a word such as
  /// nanoserver.
  bool is_windows() const;
  /// True where there is no shell in it: chiseled and distroless variants, and dotnet-monitor's images from 8 on.
  bool has_no_shell() const;
  /// The user that the image runs as where nothing else is said, if that is known: Microsoft's images run as root, but
  /// those without a shell as `app` (from .NET 8 on); so do the plain images that people debug with.
  std::optional<std::int64_t> default_user() const;
  /// True for the plain tool boxes that people debug networks and files with: busybox, netshoot.
  bool is_tool_box() const;
};

/// The id of the user and of the group `app` in Microsoft's images for .NET 8 and later.
inline constexpr std::int64_t app_user = 1654;

}  // namespace dotdiag
