// The commands of docs/install.md, pasted one block after the other.
#include "tests/e2e/cluster.hpp"
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace dotdiag;
using namespace dotdiag::test;

namespace {

const std::filesystem::path root = source_path();

struct Block {
  std::string heading;  ///< of the section, without its number signs
  std::string commands;
};

std::vector<Block> blocks() {
  std::vector<Block> result;
  std::string heading;
  bool is_inside = false;
  std::istringstream lines(read_text(root / "docs/install.md"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      is_inside = !is_inside;
      if (is_inside && line == "```sh") result.push_back({heading, ""});
      if (is_inside && line != "```sh") throw std::runtime_error("docs/install.md: a block that is not sh: " + line);
    } else if (is_inside) {
      result.back().commands += line + "\n";
    } else if (line.starts_with("#")) {
      heading = line.substr(line.find(' ') + 1);
    }
  }
  return result;
}

/// Where a reader would paste them: a copy of the tree's manifests, and our programs, kubectl and helm in PATH.
class Desk {
 public:
  Desk() {
    for (const char* part : {"manifests", "policies"})
      std::filesystem::copy(root / part, directory_.path() / part,
                            std::filesystem::copy_options::recursive | std::filesystem::copy_options::copy_symlinks);
    std::string path = build_path("linter") + ":";
    if (const char* helm = std::getenv("DOTDIAG_HELM"))
      path += std::filesystem::path(helm).parent_path().string() + ":";
    environment_ = plane().environment();
    for (std::string& variable : environment_)
      if (variable.starts_with("PATH=")) variable.insert(5, path);
  }

  ProcessResult paste(const std::string& commands) const {
    return run_process(
        {"sh", "-euc", commands},
        {.environment = environment_, .directory = directory_.path().string(), .timeout = std::chrono::seconds(120)});
  }

 private:
  TemporaryDirectory directory_;
  std::vector<std::string> environment_;
};

/// Nothing of dotdiag is left, so that another way of installing may begin.
void remove_all() {
  plane().kubectl_out({"delete", "mutatingwebhookconfigurations,clusterroles,clusterrolebindings", "--ignore-not-found",
                       "--selector", "app.kubernetes.io/name in (dotdiag-webhook,dotdiag-webhook-bootstrap)"});
  plane().kubectl_out({"delete", "namespace", "dotdiag-system", "--ignore-not-found"});
}

}  // namespace

TEST_CASE("every block of commands in docs/install.md does what it says", "[controllers][helm]") {
  const Desk desk;
  const std::vector<Block> all = blocks();
  remove_all();
  std::size_t pasted = 0;
  std::string last;
  for (const Block& block : all) {
    if (block.heading == "On a machine") continue;  // the tests of the packages paste these
    CAPTURE(block.heading, block.commands);
    const bool is_another_section = block.heading != last;
    last = block.heading;
    if (block.heading == "With Helm" && is_another_section) remove_all();
    if (block.heading == "Preparing the first workload" && is_another_section) {
      remove_all();
      CHECK(desk.paste(all.front().commands).exit_code == 0);
    }
    const ProcessResult result = desk.paste(block.commands);
    CAPTURE(result.out, result.err);
    CHECK(result.exit_code == 0);
    CHECK(result.err.find("Warning:") == std::string::npos);
    ++pasted;
  }
  CHECK(pasted > 8);
  CHECK(plane().kubectl_out({"get", "mutatingwebhookconfigurations"}).find("dotdiag-webhook ") == std::string::npos);
  remove_all();
  plane().kubectl_out({"delete", "deployment", "shop", "--namespace", "default"});
  cluster().install_manifests();
}
