// dotdiag-lint as a process: what only the program as a whole can show.
#include "core/document/json.hpp"
#include "linter/reports.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace dotdiag;
namespace fs = std::filesystem;

namespace {

constexpr const char* pod =
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web # ours\n      image: "
    "acme/web:1\n";

/// On GitHub Actions like anywhere else, unless a test says otherwise.
test::ProcessResult lint(std::vector<std::string> arguments, test::ProcessOptions options = {}) {
  arguments.insert(arguments.begin(), test::build_path("linter/dotdiag-lint"));
  if (options.environment.empty()) options.environment = {"GITHUB_ACTIONS="};
  return test::run_process(arguments, options);
}

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("help and version succeed on standard output") {
  const auto help = lint({"--help"});
  CHECK(help.exit_code == 0);
  CHECK(help.out.find("Examples:") != std::string::npos);
  CHECK(help.err.empty());
  CHECK(lint({"--version"}).out == "dotdiag-lint " DOTDIAG_VERSION "\n");
}

TEST_CASE("misuse is exit code 2 and one line that names the program") {
  const std::vector<std::string> misuses[] = {
      {},
      {"--bogus", "x"},
      {"--fix", "--diff", "x"},
      {"--all", "--only=dotnet", "x"},
      {"--format", "xml", "x"},
      {"--fail-on", "bogus", "x"},
      {"-j", "0", "x"},
      {"-j", "many", "x"},
      {"--policy", "nonsense", "x"},
      {"--policies", "/nonexistent", "x"},
      {"--color", "sometimes", "x"},
  };
  for (const auto& arguments : misuses) {
    CAPTURE(arguments);
    const auto result = lint(arguments);
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
    CHECK(result.err.substr(0, 14) == "dotdiag-lint: ");
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
  }
}

TEST_CASE("standard input is linted under the name it is given") {
  const auto result = lint({"-", "--stdin-filename", "web.yaml"}, {.input = pod});
  CHECK(result.exit_code == 1);
  CHECK(result.out.substr(0, 9) == "web.yaml:");
  CHECK(lint({"-"}, {.input = pod}).out.substr(0, 8) == "<stdin>:");
}

TEST_CASE("where nothing can be judged it is not a success") {
  const test::TemporaryDirectory directory;
  const std::string chart = directory.write("web.yaml", "{{- if .Values.web }}\nkind: Deployment\n{{- end }}\n");
  const std::string values = directory.write("values.yaml", "replicas: 1\n");
  for (const std::string& path : {chart, values, directory.path().string()}) {
    CHECK(lint({path}).exit_code == 2);
    CHECK(lint({"--allow-empty", path}).exit_code == 0);
  }
}

TEST_CASE("an empty pipe is not a success") {
  const auto result = lint({"-"}, {.input = ""});
  CHECK(result.exit_code == 2);
  CHECK(result.err.find("nothing to lint") != std::string::npos);
  CHECK(lint({"-", "--allow-empty"}, {.input = ""}).exit_code == 0);
}

TEST_CASE("the option --fix on standard input writes the mended text, and what is clean unchanged") {
  const auto mended = lint({"--fix", "-"}, {.input = pod});
  CHECK(mended.exit_code == 0);
  CHECK(mended.out.find("- name: web # ours\n") != std::string::npos);
  CHECK(mended.out.find("shareProcessNamespace: true\n") != std::string::npos);
  const auto again = lint({"--fix", "-"}, {.input = mended.out});
  CHECK(again.exit_code == 0);
  CHECK(again.out == mended.out);
  CHECK(lint({"-"}, {.input = mended.out}).exit_code == 0);
}

TEST_CASE("the option --fix on standard input passes on what it cannot read") {
  const std::string broken = "a: [\n";
  const auto result = lint({"--fix", "-"}, {.input = broken});
  CHECK(result.exit_code == 2);
  CHECK(result.out == broken);
}

TEST_CASE("the option --fix writes the file, keeps its mode, and says what it did") {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("web.yaml", pod);
  ::chmod(file.c_str(), 0640);
  const auto result = lint({"--fix", file});
  CHECK(result.exit_code == 0);
  CHECK(result.out.empty());
  CHECK(result.err.find("fixed in 1 file") != std::string::npos);
  CHECK(content(file).find("SYS_PTRACE") != std::string::npos);
  CHECK((fs::status(file).permissions() & fs::perms::mask) == fs::perms{0640});
  CHECK(lint({file}).exit_code == 0);
  CHECK(std::distance(fs::directory_iterator(directory.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("the option --diff changes nothing, and git apply takes it") {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("sub/web.yaml", pod);
  const auto diff = lint({"--diff", "."}, {.directory = directory.path().string()});
  CHECK(diff.exit_code == 1);
  CHECK(content(file) == pod);
  CHECK(diff.out.substr(0, 19) == "--- a/sub/web.yaml\n");
  const auto applied =
      test::run_process({"git", "apply", "-"}, {.input = diff.out, .directory = directory.path().string()});
  CHECK(applied.exit_code == 0);
  const auto clean = lint({"--diff", file});
  CHECK(clean.exit_code == 0);
  CHECK(clean.out.empty());
}

TEST_CASE("the option --fix leaves a file alone that cannot be read as a whole") {
  const test::TemporaryDirectory directory;
  const std::string text = std::string(pod) + "---\na: [\n";
  const std::string file = directory.write("web.yaml", text);
  const auto result = lint({"--fix", file});
  CHECK(result.exit_code == 2);
  CHECK(content(file) == text);
  CHECK(result.out.find("[fix-refused]") != std::string::npos);
}

TEST_CASE("every format exits alike, and for machines the document is alone on standard output") {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("web.yaml", pod);
  const std::string clean = directory.write("service.yaml", "apiVersion: v1\nkind: Service\n");
  const std::string broken = directory.write("broken.yaml", "a: [\n");
  for (const ReportFormat& one : report_formats()) {
    const std::string format(one.name);
    CAPTURE(format);
    if (one.for_machines) CHECK(lint({"--format", format, "--color=always", clean, file, broken}).err.empty());
    if (one.for_machines) CHECK(lint({"--format", format, clean}).err.empty());
    CHECK(lint({"--format", format, clean}).exit_code == 0);
    CHECK(lint({"--format", format, clean, file}).exit_code == 1);
    CHECK(lint({"--format", format, "--fail-on=never", file}).exit_code == 0);
    CHECK(lint({"--format", format, clean, file, broken}).exit_code == 2);
    CHECK(lint({"--format", format, "--fail-on=never", directory / "missing", file}).exit_code == 2);
  }
  const auto json = lint({"--format", "json", "--color=always", file, broken});
  CHECK(json.err.empty());
  const Json report = Json::parse(json.out);
  const Json& summary = report["summary"];
  CHECK(summary["errors"].get<std::size_t>() + summary["warnings"].get<std::size_t>() == report["findings"].size());
  CHECK(report["summary"]["judged"] == 1);
  CHECK(Json::parse(lint({"--format", "json", clean}).out)["findings"].empty());
}

TEST_CASE("several reports come from one run, and those in files are whole") {
  const test::TemporaryDirectory directory;
  directory.write("web.yaml", pod);
  const test::ProcessOptions here{.directory = directory.path().string()};
  const auto result = lint({"--format=sarif=out.sarif", "--format=text", "--format=junit=out.xml", "web.yaml"}, here);
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("web.yaml:") == 0);
  CHECK(Json::parse(content(directory / "out.sarif"))["version"] == "2.1.0");
  CHECK(content(directory / "out.xml").find("</testsuites>\n") != std::string::npos);
  CHECK(std::distance(fs::directory_iterator(directory.path()), fs::directory_iterator()) == 3);

  const auto quiet = lint({"--format=json=out.json", "web.yaml"}, here);
  CHECK(quiet.exit_code == 1);
  CHECK(quiet.out.empty());
}

TEST_CASE("a report that cannot be written is said before the work, and an old one stays") {
  const test::TemporaryDirectory directory;
  directory.write("web.yaml", pod);
  directory.write("old.json", "old");
  const test::ProcessOptions here{.directory = directory.path().string()};
  for (const std::string target : {"no/such/directory.json", "."}) {
    const auto result = lint({"--format=json=" + target, "--format=text", "web.yaml"}, here);
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
    CHECK(result.err.find("dotdiag-lint: " + target + ": cannot write") == 0);
  }
  CHECK(lint({"--format=json=old.json", "missing.yaml", "--config=missing"}, here).exit_code == 2);
  CHECK(content(directory / "old.json") == "old");
  for (const std::vector<std::string>& twice : {std::vector<std::string>{"--format=json", "--format=text"},
                                                std::vector<std::string>{"--format=json=a", "--format=sarif=a"}}) {
    std::vector<std::string> arguments = twice;
    arguments.push_back("web.yaml");
    CHECK(lint(arguments, here).exit_code == 2);
  }
}

TEST_CASE("a report that finds no room costs no other report") {
  const test::TemporaryDirectory directory;
  directory.write("web.yaml", pod);
  const auto result = lint({"--format=sarif=/dev/full", "--format=json=out.json", "--format=text", "web.yaml"},
                           {.directory = directory.path().string()});
  CHECK(result.exit_code == 2);
  CHECK(result.err.find("dotdiag-lint: /dev/full: cannot write: No space left on device") != std::string::npos);
  CHECK(result.out.find("web.yaml:") == 0);
  CHECK(Json::parse(content(directory / "out.json"))["version"] == 1);
}

TEST_CASE("a reader who goes away is quiet in every format") {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("web.yaml", pod);
  for (const ReportFormat& format : report_formats()) {
    const std::string command = test::build_path("linter/dotdiag-lint") + " --format " + std::string(format.name) +
                                " " + file + " 2>err | true; echo ${PIPESTATUS[0]}; grep dotdiag-lint: err; true";
    const auto result = test::run_process({"bash", "-c", command}, {.directory = directory.path().string()});
    CAPTURE(std::string(format.name));
    CHECK(result.out == "1\n");
  }
}

TEST_CASE("on GitHub Actions annotations are the default, and what is asked for wins") {
  const std::vector<std::string> github = {"GITHUB_ACTIONS=true", "GITHUB_WORKSPACE=/somewhere"};
  CHECK(lint({"-"}, {.input = pod, .environment = github}).out.find("::error ") == 0);
  CHECK(lint({"--format=text", "-"}, {.input = pod, .environment = github}).out.find("<stdin>:") == 0);
}

TEST_CASE("a schema is printed") {
  for (const std::string name : {"config", "report", "baseline"})
    CHECK(Json::parse(lint({"--schema", name}).out)["type"] == "object");
}

TEST_CASE("the output is the same for any number of threads") {
  const test::TemporaryDirectory directory;
  for (int number = 0; number < 40; ++number)
    directory.write("f" + std::to_string(number) + ".yaml", pod);
  const auto one = lint({"-j1", directory.path().string()});
  CHECK(one.exit_code == 1);
  for (const std::string jobs : {"-j2", "-j7", "-j64"})
    CHECK(lint({jobs, directory.path().string()}).out == one.out);
}

TEST_CASE("a reader who has seen enough is no error; a full disk is one") {
  const test::TemporaryDirectory directory;
  std::string many;
  for (int number = 0; number < 2000; ++number)
    many += std::string("---\n") + pod;
  const std::string file = directory.write("many.yaml", many);
  const std::string program = test::build_path("linter/dotdiag-lint") + " " + file;
  const auto head =
      test::run_process({"bash", "-c", program + " 2>err | head -1; echo ${PIPESTATUS[0]}; grep -v files err; true"},
                        {.directory = directory.path().string()});
  CHECK(head.err.empty());
  CHECK(head.out.find("\n1\n") != std::string::npos);
  CHECK(head.out.find("dotdiag-lint:") == std::string::npos);
  const auto full = test::run_process({"bash", "-c", program + " >/dev/full"}, {});
  CHECK(full.exit_code == 2);
  CHECK(full.err.find("dotdiag-lint: standard output: No space left on device") != std::string::npos);
}

TEST_CASE("policies can come from a directory") {
  const auto result =
      lint({"--policies", test::source_path("policies"), "--policy", "dotnet-monitor", "-"}, {.input = pod});
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("[diagnostic-port]") != std::string::npos);
}
