// Builds a Repository: Dockerfiles first, then projects that have none, then what builds call their images.
#include "linter/sources/repository.hpp"

#include "core/document/reader.hpp"
#include "linter/sources/builds.hpp"
#include "linter/sources/docker_image.hpp"
#include "linter/sources/image_name.hpp"
#include "linter/sources/languages.hpp"
#include "linter/sources/project_file.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;
using Kind = SourceFiles::Kind;

std::string directory_of(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

std::string name_of(std::string_view path) {
  return std::string(path.substr(path.find_last_of('/') + 1));
}

/// `Cart.csproj` without its ending.
std::string stem_of(std::string_view path) {
  const std::string name = name_of(path);
  return name.substr(0, name.find_last_of('.'));
}

bool is_below(std::string_view path, std::string_view directory) {
  return directory.empty() ||
         (path.starts_with(directory) && path.size() > directory.size() && path[directory.size()] == '/');
}

/// `directory` / `path` without `.` and `..`.
std::string path_inside(const std::string& directory, const std::string& path) {
  const std::string inside = (fs::path(directory) / path).lexically_normal().generic_string();
  return inside == "." ? "" : inside.ends_with('/') ? inside.substr(0, inside.size() - 1) : inside;
}

/// What distinguishes a Dockerfile from others beside it: `worker` of Dockerfile.worker and worker.Dockerfile.
std::string variant_of(std::string_view path) {
  const std::string name = name_of(path);
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return {};
  const bool is_first =
      plain_name(name.substr(0, dot)) == "dockerfile" || plain_name(name.substr(0, dot)) == "containerfile";
  return plain_name(is_first ? name.substr(dot + 1) : name.substr(0, name.find_last_of('.')));
}

}  // namespace

class RepositoryReader {
 public:
  RepositoryReader(const fs::path& root, const SourceLimits& limits)
      : files_(SourceFiles::find(root, limits)), shown_root_(root.lexically_normal()) {
    repository_.root_ = root;
    std::error_code ignored;
    repository_.name_ = plain_name(fs::weakly_canonical(root, ignored).filename().string());
  }

  Repository run() {
    read_projects();
    each(Kind::dockerfile, [&](const std::string& path) { add_dockerfile(path); });
    for (const auto& [path, project] : programs_)
      add_project(path, project);
    each(Kind::project, [&](const std::string& path) { add_other(path); });
    each(Kind::declaration, [&](const std::string& path) { read_declaration(path); });
    each(Kind::script, [&](const std::string& path) { read_script(path); });
    repository_.make_indexes();
    repository_.incomplete_ = files_.incomplete();
    return std::move(repository_);
  }

 private:
  using Candidate = Repository::Candidate;

  template <typename Visit>
  void each(Kind kind, const Visit& visit) {
    for (const SourceFiles::File& file : files_.files())
      if (file.kind == kind) visit(file.path);
  }

  /// As a person would write it from where the program runs.
  std::string shown(const std::string& path) const { return (shown_root_ / path).lexically_normal().generic_string(); }

  // --- projects

  void read_projects() {
    each(Kind::properties, [&](const std::string& path) {
      if (const auto text = files_.read(path)) shared_.emplace(directory_of(path), ProjectFile::parse(*text));
    });
    each(Kind::project, [&](const std::string& path) {
      if (language_of_file(name_of(path)) != dotnet_language) return;
      const auto text = files_.read(path);
      ProjectFile project = ProjectFile::parse(text.value_or(""));
      if (project.is_program() || !text) programs_.emplace(path, std::move(project));
    });
    for (const auto& program : programs_) {
      by_stem_.emplace(stem_of(program.first), &program);
      by_directory_.emplace(directory_of(program.first), &program);
    }
    each(Kind::dockerfile, [&](const std::string& path) {
      if (variant_of(path).empty()) plain_.insert(directory_of(path));
    });
  }

  /// A property of the project, else of a Directory.Build.props above it.
  std::pair<std::string, std::string> property(const std::string& path, const ProjectFile& project,
                                               std::string_view name) const {
    if (const auto own = project.properties.find(name); own != project.properties.end())
      return {own->second.value, shown(path) + ":" + std::to_string(own->second.line)};
    for (std::string directory = directory_of(path);; directory = directory_of(directory)) {
      const auto shared = shared_.find(directory);
      if (shared != shared_.end()) {
        const auto found = shared->second.properties.find(name);
        if (found != shared->second.properties.end())
          return {found->second.value,
                  shown(path_inside(directory, "Directory.Build.props")) + ":" + std::to_string(found->second.line)};
      }
      if (directory.empty()) return {};
    }
  }

  /// Adds to `facts` what the project says and the Dockerfile did not.
  void add_facts(const std::string& path, const ProjectFile& project, ImageFacts& facts) const {
    using Publishing = ImageFacts::Publishing;
    const auto set = [&](std::string_view name, Publishing publishing) {
      const auto [value, where] = property(path, project, name);
      if (facts.publishing != Publishing::usual || plain_name(value) != "true") return;
      facts.publishing = publishing;
      facts.published_by = where;
    };
    set("PublishAot", Publishing::native_aot);
    set("PublishSingleFile", Publishing::single_file);
    std::string framework = property(path, project, "TargetFramework").first;
    if (framework.starts_with("netcoreapp")) framework.erase(0, 10);
    if (framework.starts_with("net") && framework.find('.') != std::string::npos) framework.erase(0, 3);
    if (!facts.runtime) facts.runtime = Version::parse(framework);
  }

  using Entry = std::pair<const std::string, ProjectFile>;

  /// The project of a Dockerfile: the one that its image starts by name, else the one in its directory.
  const Entry* project_of(const std::string& dockerfile, const ImageFacts& facts) const {
    for (const std::string& word : facts.start) {
      for (const std::string& stem : {name_of(word), stem_of(word)})
        if (const auto found = by_stem_.find(stem); found != by_stem_.end()) return found->second;
    }
    const auto beside = by_directory_.find(directory_of(dockerfile));
    return beside == by_directory_.end() ? nullptr : beside->second;
  }

  /// The first file in the directory, or anywhere below it, that says a language; .NET before all others.
  std::string project_below(const std::string& directory, bool directly) const {
    std::string found;
    const auto& files = files_.files();
    const std::string head = directory.empty() ? "" : directory + "/";
    auto file = std::lower_bound(files.begin(), files.end(), head,
                                 [](const SourceFiles::File& one, const std::string& path) { return one.path < path; });
    for (; file != files.end() && file->path.starts_with(head); ++file) {
      if (file->kind != Kind::project || (directly && directory_of(file->path) != directory)) continue;
      if (language_of_file(name_of(file->path)) == dotnet_language) return file->path;
      if (found.empty()) found = file->path;
    }
    return found;
  }

  // --- candidates

  /// True for Dockerfile.debug beside a Dockerfile: that one makes the image that is called like the directory.
  bool is_variant(const std::string& dockerfile) const {
    return !variant_of(dockerfile).empty() && plain_.contains(directory_of(dockerfile));
  }

  std::vector<std::string> names_of(const std::string& dockerfile) const {
    std::vector<std::string> names = directory_names(directory_of(dockerfile), repository_.name_);
    const std::string variant = variant_of(dockerfile);
    if (variant.empty()) return names;
    const std::string directory = names.back();
    std::vector<std::string> own = {directory + variant, variant + directory, variant};
    // Without a plain one beside it this one may well be it: Dockerfile.prod, Dockerfile.linux.
    if (!is_variant(dockerfile)) own.insert(own.end(), names.begin(), names.end());
    return own;
  }

  void add_dockerfile(const std::string& path) {
    const auto text = files_.read(path);
    if (!text) return;
    texts_.emplace(path, *text);
    auto candidate = candidate_of(path, *text, {}, {});
    if (!candidate) return;
    with_dockerfile_.insert(candidate->directory);
    repository_.candidates_.push_back(*std::move(candidate));
  }

  std::optional<Candidate> candidate_of(const std::string& path, const std::string& text, std::string_view target,
                                        const std::map<std::string, std::string>& arguments) const {
    const DockerImage image = image_of(docker_stages(text, arguments), shown(path), target);
    Candidate candidate;
    candidate.program = {image.language, shown(path) + ":" + std::to_string(image.line), image.facts};
    candidate.directory = directory_of(path);
    candidate.file = path;
    candidate.has_dockerfile = true;
    candidate.names = names_of(path);
    if (image.language.empty()) {
      std::string project = project_below(candidate.directory, true);
      if (project.empty() && !candidate.directory.empty()) project = project_below(candidate.directory, false);
      if (project.empty()) return std::nullopt;
      candidate.program.language = language_of_file(name_of(project));
      candidate.program.where = shown(project);
    }
    if (candidate.program.language == dotnet_language) {
      if (const auto* project = project_of(path, image.facts)) {
        if (!is_variant(path)) candidate.names.push_back(plain_name(stem_of(project->first)));
        add_facts(project->first, project->second, candidate.program.facts);
      }
    }
    return candidate;
  }

  /// A .NET program without a Dockerfile: `dotnet publish` can make its image.
  void add_project(const std::string& path, const ProjectFile& project) {
    if (with_dockerfile_.contains(directory_of(path))) return;
    Candidate candidate;
    candidate.program = {std::string(dotnet_language), shown(path), {}};
    candidate.directory = directory_of(path);
    candidate.file = path;
    candidate.names = directory_names(candidate.directory, repository_.name_);
    candidate.names.push_back(plain_name(stem_of(path)));
    for (const char* name : {"ContainerRepository", "ContainerImageName"})
      if (const auto value = property(path, project, name).first; !value.empty())
        candidate.images.push_back(image_parts(value));
    add_facts(path, project, candidate.program.facts);
    if (const auto [base, where] = property(path, project, "ContainerBaseImage"); !base.empty()) {
      candidate.program.facts.base = base;
      candidate.program.facts.where = where;
    }
    repository_.candidates_.push_back(std::move(candidate));
  }

  /// A directory with a project of another language and no Dockerfile. One that has .NET programs below it may be
  /// anything: package.json at a repository's root is there for its tools.
  void add_other(const std::string& path) {
    const std::string_view language = language_of_file(name_of(path));
    const std::string directory = directory_of(path);
    if (language == dotnet_language || with_dockerfile_.contains(directory)) return;
    const auto program = programs_.lower_bound(directory.empty() ? "" : directory + "/");
    if (program != programs_.end() && is_below(program->first, directory)) return;
    Candidate candidate;
    candidate.program = {std::string(language), shown(path), {}};
    candidate.directory = directory;
    candidate.file = path;
    candidate.names = directory_names(directory, repository_.name_);
    repository_.candidates_.push_back(std::move(candidate));
  }

  // --- builds

  void read_declaration(const std::string& path) {
    const auto text = files_.read(path);
    if (!text) return;
    try {
      read_documents(std::make_shared<const Source>(path, *text), [&](const Document& document) {
        if (document.error) return;
        for (const ImageBuild& build : declared_builds(document.root))
          use(build, directory_of(path));
      });
    } catch (const InputError&) {
      return;  // not even text: it says nothing
    }
  }

  void read_script(const std::string& path) {
    const auto text = files_.read(path);
    if (!text) return;
    for (const ImageBuild& build : build_lines(*text))
      use(build, directory_of(path));
  }

  /// The Dockerfile of a build that is declared in a file in `from`, a directory of the repository.
  std::string dockerfile_of(const ImageBuild& build, const std::string& from) const {
    const std::string name = build.dockerfile.empty() ? "Dockerfile" : build.dockerfile;
    for (const std::string& base : {from, std::string()}) {
      for (const std::string& directory : {path_inside(base, build.context), base}) {
        std::string path = path_inside(directory, name);
        if (texts_.contains(path)) return path;
        if (build.dockerfile.empty()) break;  // what is not named is in the context
      }
    }
    return {};
  }

  void use(const ImageBuild& build, const std::string& from) {
    const std::vector<std::string> image = image_parts(build.image);
    if (image.empty() || image.back().empty() || ++builds_ > most_builds) return;
    if (const std::string path = dockerfile_of(build, from); !path.empty()) return use_dockerfile(build, path, image);
    if (build.context.empty()) return;
    const std::string beside = path_inside(from, build.context);
    const std::string inside = path_inside("", build.context);
    for (Candidate& candidate : repository_.candidates_)
      if (candidate.directory == beside || candidate.directory == inside) candidate.images.push_back(image);
  }

  /// A target or arguments make another image of the same Dockerfile.
  void use_dockerfile(const ImageBuild& build, const std::string& path, const std::vector<std::string>& image) {
    auto& all = repository_.candidates_;
    const auto known = std::find_if(all.begin(), all.end(), [&](const Candidate& one) { return one.file == path; });
    const bool is_special = !build.target.empty() || !build.arguments.empty();
    if (!is_special && known != all.end()) {
      known->images.push_back(image);
    } else if (auto candidate = candidate_of(path, texts_.at(path), build.target, build.arguments)) {
      candidate->names.clear();
      candidate->images = {image};
      all.push_back(*std::move(candidate));
    }
  }

  static constexpr std::size_t most_builds = 10'000;

  SourceFiles files_;
  fs::path shown_root_;
  Repository repository_;
  std::map<std::string, ProjectFile> programs_;       // .NET projects that make a program
  std::map<std::string, ProjectFile> shared_;         // Directory.Build.props, by directory
  std::map<std::string, const Entry*> by_stem_;       // of programs_
  std::map<std::string, const Entry*> by_directory_;  // of programs_, the first in each
  std::set<std::string> plain_;                       // directories with a Dockerfile that has no variant's name
  std::set<std::string> with_dockerfile_;             // directories of candidates that have one
  std::size_t builds_ = 0;
  std::map<std::string, std::string> texts_;  // of Dockerfiles
};

Repository Repository::read(const fs::path& root, const SourceLimits& limits) {
  return RepositoryReader(root, limits).run();
}

}  // namespace dotdiag
