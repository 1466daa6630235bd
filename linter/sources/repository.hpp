// The programs of a repository, and which of them an image of a manifest is.
#pragma once

#include "core/policy/image_facts.hpp"
#include "linter/sources/source_files.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// What the sources say about a program.
struct Program {
  std::string language;  ///< see languages.hpp; never empty
  std::string where;     ///< what says so: `src/cart/Dockerfile:3`
  ImageFacts facts;      ///< where a Dockerfile was read, or a .NET project
};

/// What the settings say about an image whose name says nothing.
struct ImageMapping {
  std::string image;  ///< its name, or the last parts of it
  std::filesystem::path
      source;  ///< the directory or the Dockerfile that it is built from; empty where `language` is said
  std::string language;
};

class Repository {
 public:
  /// Reads what is below `root`. Never fails: what cannot be read says nothing.
  static Repository read(const std::filesystem::path& root, const SourceLimits& limits = {});

  /// The program that `image` is made of, as far as one can tell: by a mapping, by what the repository says it builds,
  /// by the name of a directory or project. Of several the one nearest to `manifest` counts; nothing where they
  /// contradict each other.
  std::optional<Program> program_of(std::string_view image, const std::filesystem::path& manifest,
                                    const std::vector<ImageMapping>& mappings = {}) const;

  /// Why not all of it was read, in words that follow "because"; empty where it was.
  const std::string& incomplete() const { return incomplete_; }

 private:
  friend class RepositoryReader;

  /// A program with what an image of it may be called.
  struct Candidate {
    Program program;
    std::string directory;  ///< from the root
    std::string file;       ///< its Dockerfile or project, from the root
    bool has_dockerfile = false;
    std::vector<std::string> names;                ///< plain, by its directory and project, the most telling first
    std::vector<std::vector<std::string>> images;  ///< as builds call it, see image_parts
  };
  using Found = std::vector<const Candidate*>;

  /// Candidates by a key: big repositories have thousands, and every container of a run asks.
  using Index = std::map<std::string, std::vector<std::size_t>, std::less<>>;

  void make_indexes();
  void take(const Index& index, const std::string& key, Found& found) const;
  Found mapped(std::string_view image, const std::vector<ImageMapping>& mappings) const;
  Found built(const std::vector<std::string>& parts) const;
  Found named(const std::vector<std::string>& parts) const;
  Found nearest(const Found& found, const std::filesystem::path& manifest) const;

  std::filesystem::path root_;
  std::string name_;  ///< of the root's own directory, plain
  std::vector<Candidate> candidates_;
  Index by_name_;
  Index by_image_;  // by the last part
  std::string incomplete_;
};

}  // namespace dotdiag
