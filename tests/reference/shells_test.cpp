// The completions at work in the shells themselves, and in the program that kubectl asks.
#include "tests/reference/made_files.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::test;

namespace {

using Offers = std::multiset<std::string>;

const std::string scripts = source_path("tests/reference/");

bool is_installed(const std::string& shell) {
  if (run_process({"sh", "-c", "command -v " + shell}).exit_code == 0) return true;
  WARN("skipped: " + shell + " is not installed");
  return false;
}

/// What each shell offers for `line`, whose last word is unfinished. `directory` is where it is typed.
Offers offered_by_bash(const std::string& line, const std::string& directory) {
  std::istringstream words(line.ends_with(' ') ? line + "\x01" : line);
  std::vector<std::string> argv;
  for (std::string word; words >> word;)
    argv.push_back(word == "\x01" ? "" : word);
  argv.insert(argv.begin(), {"bash", std::string(scripts) + "offered.bash", made(argv[0], "bash/" + argv[0])});
  const auto result = run_process(argv, {.directory = directory});
  CHECK(result.err == "");
  return lines_of(result.out);
}

Offers offered_by_zsh(const std::string& line, const std::string& directory) {
  const std::string program = line.substr(0, line.find(' '));
  const std::string script = std::string(scripts) + "offered.zsh";
  return lines_of(run_process({"zsh", "-f", script, made(program, "zsh"), line}, {.directory = directory}).out);
}

Offers offered_by_fish(const std::string& line, const std::string& directory) {
  const std::string program = line.substr(0, line.find(' '));
  const std::string file = made(program, "fish/" + program + ".fish");
  const auto result =
      run_process({"fish", "--no-config", "--command", "source $argv[1]; complete -C $argv[2]", file, line},
                  {.environment = {"HOME=" + directory}, .directory = directory});
  Offers words;
  for (const std::string& offer : lines_of(result.out))
    words.insert(offer.substr(0, offer.find('\t')));
  return words;
}

struct Example {
  std::string line;
  Offers offered;
};

const Offers formats = {"checkstyle", "concise", "github",   "gitlab", "html",  "json",
                        "json-lines", "junit",   "markdown", "rdjson", "sarif", "text"};

const std::vector<Example> examples = {
    {"dotdiag-lint --for", {"--force-exclude", "--format"}},
    {"dotdiag-lint --format ", formats},
    {"dotdiag-lint --fail-on n", {"note", "never"}},
    {"dotdiag-lint --policy dotnet-d", {"dotnet-dump", "dotnet-dump-restricted"}},
    {"dotdiag-lint --policy dotnet-dump --color a", {"auto", "always"}},
    {"dotdiag-patch --output cu", {"curl"}},
    {"dotdiag-patch --mode ", {"tmp", "port", "listen", "procroot"}},
    {"dotdiag-webhook r", {"review"}},
    {"dotdiag-webhook serve --log-", {"--log-format", "--log-level"}},
    {"dotdiag-webhook serve --log-level ", {"debug", "info", "warning", "error"}},
    {"dotdiag-webhook serve --tls-min ", {"1.2", "1.3"}},
    {"dotdiag-webhook review --default", {}},
    {"kubectl-dotdiag ", {"check", "counters", "dump", "gcdump", "heap", "inject", "patch", "ps", "stacks", "trace"}},
    {"kubectl-dotdiag inject --dry-run s", {"server"}},
    {"kubectl-dotdiag patch -o json", {"json-patch"}},
};

/// Files, and directories with or without their slash.
void check_files(Offers (*offered)(const std::string&, const std::string&)) {
  const TemporaryDirectory here;
  here.write("one.yaml", "");
  here.write("other/two.yaml", "");
  const auto plain = [&](const std::string& line) {
    Offers words;
    for (std::string word : offered(line, here.path().string()))
      words.insert(word.ends_with('/') ? word.substr(0, word.size() - 1) : word);
    return words;
  };
  CHECK(plain("dotdiag-lint o") == Offers{"one.yaml", "other"});
  CHECK(plain("dotdiag-lint --config o") == Offers{"one.yaml", "other"});
  CHECK(plain("dotdiag-lint --policies o") == Offers{"other"});
  CHECK(plain("dotdiag-webhook review on") == Offers{"one.yaml"});
  CHECK(plain("kubectl-dotdiag inject on").empty());
}

void check_all(Offers (*offered)(const std::string&, const std::string&)) {
  for (const Example& example : examples) {
    CAPTURE(example.line);
    CHECK(offered(example.line, "/") == example.offered);
  }
  check_files(offered);
}

/// What kubectl is told for these words, with a kubectl in PATH that knows two pods and says what it was asked.
ProcessResult asked(const std::vector<std::string>& words) {
  const TemporaryDirectory directory;
  directory.write("kubectl", "#!/bin/sh\nprintf 'web-1\\tready\\nweb-2\\ndb-1\\n:4\\n'\necho \"$*\" >>\"$0.log\"\n");
  run_process({"chmod", "+x", directory / "kubectl"});
  std::vector<std::string> argv = {made("kubectl-dotdiag", "bin/kubectl_complete-dotdiag")};
  argv.insert(argv.end(), words.begin(), words.end());
  const std::string path = directory.path().string() + ":" + std::getenv("PATH");
  ProcessResult result = run_process(argv, {.environment = {"PATH=" + path}});
  result.err = run_process({"sh", "-c", "cat \"$0.log\" 2>/dev/null || true", directory / "kubectl"}).out;
  return result;
}

}  // namespace

TEST_CASE("bash offers what can be written") {
  check_all(offered_by_bash);
  CHECK(offered_by_bash("dotdiag-lint --format =", "/") == formats);
  CHECK(offered_by_bash("dotdiag-lint --format = rd", "/") == Offers{"rdjson"});
}

TEST_CASE("zsh offers what can be written") {
  if (is_installed("zsh")) check_all(offered_by_zsh);
}

TEST_CASE("fish offers what can be written") {
  if (is_installed("fish")) check_all(offered_by_fish);
}

TEST_CASE("kubectl is told what its plugin takes, and how to go on") {
  CHECK(asked({""}).out == "dump\nheap\ngcdump\nstacks\ncounters\ntrace\nps\ncheck\npatch\ninject\n:4\n");
  CHECK(asked({"inject", "--dry"}).out == "--dry-run\n:4\n");
  CHECK(asked({"inject", "--dry-run=s"}).out == "server\n:4\n");
  CHECK(asked({"patch", "-o", "y"}).out == "yaml\n:4\n");
  CHECK(asked({"inject", "--kubeconfig", ""}).out == ":0\n");
  CHECK(asked({"inject", "--policies", ""}).out == ":16\n");
  CHECK(asked({"inject", "--image", ""}).out == ":4\n");
}

TEST_CASE("kubectl itself names pods and namespaces, in the context that the line names") {
  const ProcessResult pods = asked({"inject", "-n", "shop", "--context=test", "--yes", "web"});
  CHECK(pods.out == "web-1\nweb-2\n:4\n");
  CHECK(pods.err == "__complete get pods -n shop --context test web\n");
  CHECK(asked({"inject", "--context", "test", "-n", ""}).err == "__complete get pods --context test -n \n");
}

TEST_CASE("the scripts have no fault that ShellCheck knows") {
  for (const MadeFor& it : made_for())
    CHECK(run_process({"shellcheck", "--shell=bash", made(it.program, "bash/" + it.program)}).out == "");
  CHECK(run_process({"shellcheck", made("kubectl-dotdiag", "bin/kubectl_complete-dotdiag")}).out == "");
}
