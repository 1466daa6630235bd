#include "linter/render/chart.hpp"

#include "core/document/reader.hpp"
#include "linter/render/child_process.hpp"
#include "linter/render/tool_environment.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

namespace dotdiag {
namespace {

namespace fs = std::filesystem;

bool is_chart(const fs::path& directory) {
  std::error_code ignored;
  return fs::is_regular_file(directory / "Chart.yaml", ignored);
}

/// True for what helm itself reads in a chart: the first part of the way from the chart to the file says it.
bool is_charts_own(const fs::path& inside) {
  const std::string first = inside.begin()->string();
  if (first == "templates" || first == "charts") return true;
  return ++inside.begin() == inside.end() && (first == "Chart.yaml" || first.starts_with("values"));
}

/// The chart's own description; null where it cannot be read, which helm will say better.
Json description_of(const std::string& file) {
  try {
    return read_only_document(file).root;
  } catch (const InputError&) {
    return nullptr;
  }
}

/// Where helm says that it went wrong: `store/templates/web.yaml:12:20` (of a template), or `...
/// store/templates/web.yaml: ... line 12`. The first part is the chart's name.
void find_place(const std::string& said, Rendered& rendered) {
  const std::size_t at = said.find("/templates/");
  if (at == std::string::npos) return;
  std::size_t begin = said.find_last_of(" \"(", at) + 1;
  const std::size_t end = said.find_first_of(": )\"", at);
  const std::string path = said.substr(begin, end - begin);
  const fs::path file = fs::path(rendered.directory) / path.substr(path.find('/') + 1);
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return;
  rendered.failed_file = file.lexically_normal().generic_string();
  if (end == std::string::npos || said[end] != ':') return;
  const char* number = said.data() + end + 1;
  std::from_chars(number, said.data() + said.size(), rendered.failed_at.line);
  if (rendered.failed_at.line > 0) rendered.failed_at.column = 1;
}

/// The chart's name where helm takes it for a release's, too.
std::string release_name(std::string_view chart) {
  constexpr std::size_t most = 53;
  const bool is_fit = !chart.empty() && chart.size() <= most && chart.front() != '-' &&
                      chart.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == npos;
  return is_fit ? std::string(chart) : "release";
}

/// What comes out of the repository stands behind `--`: no name in it is an option.
std::vector<std::string> command_for(const std::string& helm, const Rendered& rendered, std::string_view name,
                                     const RenderSettings& settings) {
  std::vector<std::string> command = {helm, "template", "--no-hooks", "--skip-tests"};
  for (const std::string& file : settings.values)
    command.push_back("--values=" + file);
  command.emplace_back("--");
  command.push_back(release_name(name));
  command.push_back(rendered.directory);
  return command;
}

}  // namespace

std::optional<std::string> chart_of(const std::string& file) {
  std::optional<std::string> outermost;
  const fs::path path = fs::path(file).lexically_normal();
  for (fs::path directory = path.parent_path();; directory = directory.parent_path()) {
    if (is_chart(directory.empty() ? "." : directory)) {
      const fs::path inside = directory.empty() ? path : path.lexically_relative(directory);
      if (is_charts_own(inside)) outermost = directory.empty() ? "." : directory.generic_string();
    }
    if (directory.empty() || directory == directory.parent_path()) break;
  }
  return outermost;
}

Rendered render_chart(const std::string& directory, const RenderSettings& settings) {
  Rendered rendered;
  rendered.directory = directory;
  rendered.file = (fs::path(directory) / "Chart.yaml").lexically_normal().generic_string();
  const Json description = description_of(rendered.file);
  if (text_member(description, "type") == "library") {
    rendered.outcome = Rendered::Outcome::no_need;
    return rendered;
  }
  const auto helm = settings.is_on ? find_program("helm") : std::nullopt;
  if (!helm) {
    rendered.outcome = Rendered::Outcome::no_tool;
    rendered.why = settings.is_on ? "helm is not in PATH" : "rendering is off";
    return rendered;
  }
  ChildResult result = run_child(command_for(*helm, rendered, text_member(description, "name"), settings),
                                 tool_environment(), {settings.time_limit, settings.most_bytes});
  if (result.problem.empty() && result.exit_code == 0) {
    rendered.text = std::move(result.out);
    return rendered;
  }
  rendered.outcome = Rendered::Outcome::failed;
  rendered.why = result.problem.empty() ? "failed: " + complaint(result.err) : result.problem;
  find_place(result.err, rendered);
  return rendered;
}

}  // namespace dotdiag
