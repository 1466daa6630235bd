#include "linter/sources/builds.hpp"

#include "core/policy/image.hpp"
#include "linter/sources/docker_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <utility>

namespace dotdiag {
namespace {

/// The first text among the members.
std::string_view first_text(const Json& object, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    if (const auto text = text_member(object, key); !text.empty()) return text;
  return {};
}

/// `image`, as compose, skaffold and tasks of all sorts call it; of `tags` the first.
std::string_view image_in(const Json& object) {
  const auto text = first_text(object, {"image", "repository", "imageName", "imageRepository", "tags", "tag"});
  if (!text.empty()) return text.substr(0, text.find_first_of("\n,"));
  const auto& tags = items_member(object, "tags");
  return tags.empty() || !tags.front().is_string() ? std::string_view{}
                                                   : std::string_view(tags.front().get_ref<const std::string&>());
}

void read_arguments(const Json& build, ImageBuild& found) {
  for (const char* key : {"args", "buildArgs"}) {
    const Json* arguments = member(build, key);
    if (arguments == nullptr || !arguments->is_object()) continue;
    for (const auto& [name, value] : arguments->items())
      if (value.is_string()) found.arguments[name] = value.get<std::string>();
  }
}

/// Takes what `object` says of the build, and what its members say that hold the details.
void read_build(const Json& object, ImageBuild& found) {
  const auto take = [](std::string& member, std::string_view text) {
    if (member.empty()) member = text;
  };
  take(found.context, first_text(object, {"context", "buildContext", "build"}));
  take(found.dockerfile, first_text(object, {"dockerfile", "Dockerfile", "dockerFile", "file", "dockerfilePath"}));
  take(found.target, first_text(object, {"target"}));
  read_arguments(object, found);
  for (const char* key : {"build", "docker", "kaniko"})
    if (const Json* details = member(object, key); details != nullptr && details->is_object())
      read_build(*details, found);
  if (object.contains("jib")) found.language = "Java";
  if (object.contains("ko")) found.language = "Go";
}

/// Follows the document, with an end to how deep: the reader has one too, but this is cheaper to believe.
void collect(const Json& value, int depth, std::vector<ImageBuild>& builds, std::string_view key = {}) {
  if (depth == 0) return;
  if (value.is_object()) {
    ImageBuild found;
    read_build(value, found);
    found.image = written_image(image_in(value));
    const bool is_built = !found.context.empty() || !found.dockerfile.empty() || !found.language.empty();
    if (found.image.empty() && member(value, "build") != nullptr) found.image = key;  // a service of compose
    if (is_built && !found.image.empty()) builds.push_back(std::move(found));
    for (const auto& [name, one] : value.items())
      collect(one, depth - 1, builds, name);
  } else if (value.is_array()) {
    for (const Json& one : value)
      collect(one, depth - 1, builds, key);
  } else if (value.is_string()) {
    for (ImageBuild& build : build_lines(value.get_ref<const std::string&>()))
      builds.push_back(std::move(build));
  }
}

/// `text` without the expressions `${{ ... }}`, `$(...)` and `{{...}}`; one that does not end takes the rest with it.
std::string without_expressions(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> expressions = {
      {{"${{", "}}"}, {"{{", "}}"}, {"$(", ")"}}};
  std::string result;
  while (!text.empty()) {
    const auto* opened = std::find_if(expressions.begin(), expressions.end(),
                                      [&](const auto& expression) { return text.starts_with(expression.first); });
    if (opened == expressions.end()) {
      result += text.front();
      text.remove_prefix(1);
    } else {
      const std::size_t end = text.find(opened->second);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + opened->second.size());
    }
  }
  return result;
}

bool is_builder(std::string_view word) {
  constexpr std::array<std::string_view, 8> builders = {"docker", "podman", "buildah",          "nerdctl",
                                                        "buildx", "acr",    "/kaniko/executor", "docker.exe"};
  return std::find(builders.begin(), builders.end(), word) != builders.end();
}

/// The index behind `docker build`, `docker buildx build`, `az acr build`; the words' number where there is none.
std::size_t behind_build(const std::vector<std::string>& words) {
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (words[index] == "/kaniko/executor") return index + 1;
    const bool is_build = words[index] == "build" || words[index] == "bud";
    if (is_build && index > 0 && is_builder(words[index - 1])) return index + 1;
  }
  return words.size();
}

/// Options that are followed by a value which is none of ours to read.
bool takes_value(std::string_view option) {
  constexpr std::array<std::string_view, 14> options = {
      "--cache-from", "--cache-to", "--label", "--network", "--output", "--platform", "--progress",
      "--registry",   "--secret",   "--ssh",   "-o",        "-r",       "--iidfile",  "--builder"};
  return std::find(options.begin(), options.end(), option) != options.end();
}

/// Reads the words of one build line.
class BuildLine {
 public:
  std::optional<ImageBuild> read(const std::vector<std::string>& words) {
    for (std::size_t index = behind_build(words); index < words.size(); ++index) {
      const std::string& word = words[index];
      if (word == "&&" || word == "||" || word == "|" || word == ";") break;
      const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
      const std::string option = word.substr(0, equals);
      if (!option.starts_with('-')) {
        if (build_.context.empty()) build_.context = word;
      } else if (equals != std::string::npos) {
        take(option, word.substr(equals + 1));
      } else if ((is_ours(option) || takes_value(option)) && index + 1 < words.size()) {
        take(option, words[++index]);
      }
    }
    const bool is_built = !build_.image.empty() && (!build_.context.empty() || !build_.dockerfile.empty());
    return is_built ? std::optional(std::move(build_)) : std::nullopt;
  }

 private:
  static bool is_ours(std::string_view option) {
    constexpr std::array<std::string_view, 11> ours = {"-t",          "--tag",        "--image",   "-f",
                                                       "--file",      "--dockerfile", "--context", "--destination",
                                                       "--build-arg", "--target",     "-i"};
    return std::find(ours.begin(), ours.end(), option) != ours.end();
  }

  void take(std::string_view option, const std::string& value) {
    if (option == "-t" || option == "--tag" || option == "--image" || option == "--destination" || option == "-i") {
      if (build_.image.empty()) build_.image = written_image(value);
    } else if (option == "-f" || option == "--file" || option == "--dockerfile") {
      build_.dockerfile = value;
    } else if (option == "--context") {
      build_.context = value;
    } else if (option == "--target") {
      build_.target = value;
    } else if (const std::size_t equals = value.find('='); option == "--build-arg" && equals != std::string::npos) {
      build_.arguments[value.substr(0, equals)] = value.substr(equals + 1);
    }
  }

  ImageBuild build_;
};

/// The lines of `text`, continued ones put together.
std::vector<std::string> whole_lines(std::string_view text) {
  std::vector<std::string> lines;
  bool continues = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (line.ends_with('\r') || line.ends_with(' '))
      line.remove_suffix(1);
    if (!continues) lines.emplace_back();
    continues = line.ends_with('\\') || line.ends_with('`');
    lines.back().append(line.substr(0, line.size() - (continues ? 1 : 0))).append(" ");
  }
  return lines;
}

}  // namespace

std::vector<ImageBuild> declared_builds(const Json& document) {
  std::vector<ImageBuild> builds;
  collect(document, 24, builds);
  return builds;
}

std::vector<ImageBuild> build_lines(std::string_view text) {
  std::vector<ImageBuild> builds;

  for (const std::string& line : whole_lines(text)) {
    const bool may_build = line.find("build") != std::string::npos || line.find("/executor") != std::string::npos ||
                           line.find(" bud ") != std::string::npos;
    if (!may_build) continue;
    if (auto build = BuildLine().read(shell_words(without_expressions(line)))) builds.push_back(*std::move(build));
  }
  return builds;
}

std::string written_image(std::string_view text) {
  const std::string plain = put_in(without_expressions(text), {});
  std::string name(Image::parse(plain).name);
  if (name.ends_with('/') || name.ends_with('-') || name.ends_with('_')) return {};
  name.erase(0, name.find_first_not_of('/'));
  const std::size_t last = name.find_last_of('/') + 1;
  return last < name.size() && std::isalnum(static_cast<unsigned char>(name[last])) == 0 ? std::string() : name;
}

}  // namespace dotdiag
