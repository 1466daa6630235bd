// Patterns for paths, as .gitignore has them.
#pragma once

#include <string>
#include <string_view>

namespace dotdiag {

/// A pattern of gitignore(5): `*` and `?` stay inside a name, `**/` is any number of directories, `[a-z]` and `[!a-z]`
/// are sets, `\` takes the next character as it is. With a slash at its start or inside it is meant from the directory
/// that it belongs to, otherwise at any depth; with one at its end it means directories only.
class Glob {
 public:
  explicit Glob(std::string_view pattern);

  /// True where the pattern means `path`, which is relative to the pattern's directory and has no `./`.
  bool matches(std::string_view path, bool is_directory) const;

  /// The same for a file, where a pattern that means a directory above it means the file too.
  bool matches_at_or_above(std::string_view path) const;

 private:
  std::string pattern_;
  bool directories_only_ = false;
};

/// True where `text` as a whole fits `pattern`, in which `*` is any text without a slash, and `**` any text.
bool fits(std::string_view pattern, std::string_view text);

}  // namespace dotdiag
