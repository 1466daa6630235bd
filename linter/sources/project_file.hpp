// What a .NET project says about the program that it makes.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace dotdiag {

/// A property: `<PublishAot>true</PublishAot>` in line 9.
struct ProjectProperty {
  std::string value;
  std::size_t line = 0;
};

struct ProjectFile {
  std::string sdk;                                                 ///< `Microsoft.NET.Sdk.Web`
  std::map<std::string, ProjectProperty, std::less<>> properties;  ///< of two the later

  /// The properties of interest in `text` (a project, or Directory.Build.props); comments do not count, conditions are
  /// taken to hold. Never fails: what is no XML has none.
  static ProjectFile parse(std::string_view text);

  bool is_true(std::string_view name) const;
  std::string_view value(std::string_view name) const;
  /// True where it makes a program and not a library: by its SDK, or its OutputType.
  bool is_program() const;
};

}  // namespace dotdiag
