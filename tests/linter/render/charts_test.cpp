// Charts and kustomizations as dotdiag-lint meets them in a directory, with programs that fail, never end, or are not
// there.
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>

using namespace dotdiag;
namespace fs = std::filesystem;

namespace {

constexpr const char* deployment =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
    "spec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: {{ .Values.image }}\n";

/// A chart in `chart`, and a place for the programs that should be in PATH.
struct Shop {
  test::TemporaryDirectory directory;

  Shop() {
    fs::create_directories(directory / "tools");
    directory.write("shop/chart/Chart.yaml", "apiVersion: v2\nname: web\nversion: 0.1.0\n");
    directory.write("shop/chart/templates/web.yaml", deployment);
  }

  void tool(const std::string& name, const std::string& script) const {
    const std::string file = directory.write("tools/" + name, "#!/bin/sh\n" + script);
    fs::permissions(file, fs::perms::owner_all);
  }

  test::ProcessResult lint(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {test::build_path("linter/dotdiag-lint"), "--color=never"});
    return test::run_process(arguments,
                             {.environment = {"PATH=" + (directory / "tools")}, .directory = directory / "shop"});
  }
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::ptrdiff_t lines(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

}  // namespace

TEST_CASE("without helm a chart is one finding, and exit code 2 where nothing else was judged") {
  const Shop shop;
  for (int number = 0; number < 69; ++number)
    shop.directory.write("shop/chart/templates/t" + std::to_string(number) + ".yaml", deployment);
  const auto alone = shop.lint({"."});
  CHECK(lines(alone.out) == 1);
  CHECK(has(alone.out, "chart/Chart.yaml: warning: the chart (70 templates) cannot be judged"));
  CHECK(alone.exit_code == 2);
  shop.directory.write("shop/service.yaml",
                       "apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {dotdiag.io/inject: "
                       "\"true\"}}\nspec:\n  containers: [{name: a, image: a}]\n");
  CHECK(shop.lint({"--fail-on=never", "."}).exit_code == 0);
  CHECK(lines(shop.lint({"--render=none", "."}).out) >= 1);
}

TEST_CASE("a chart that does not render is an error where helm says, and exit code 2") {
  const Shop shop;
  shop.tool(
      "helm",
      "echo 'Error: template: web/templates/web.yaml:9:20: executing \"web\" at <.Values.image>: nil' >&2; exit 1\n");
  const auto result = shop.lint({"."});
  CHECK(has(result.out,
            "chart/templates/web.yaml:9:1: error: the chart cannot be judged: helm template failed: template: web"));
  CHECK(lines(result.out) == 1);
  CHECK(result.exit_code == 2);
}

TEST_CASE("helm that never ends is stopped") {
  const Shop shop;
  shop.tool("helm", "while :; do :; done\n");
  const auto begin = std::chrono::steady_clock::now();
  const auto result = shop.lint({"--render-seconds=1", "."});
  CHECK(has(result.out, "helm template did not end within 1 s"));
  CHECK(result.exit_code == 2);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

TEST_CASE("helm is asked without hooks, with the values, and with nothing of the repository's as an option") {
  const Shop shop;
  shop.directory.write("shop/-x/Chart.yaml", "apiVersion: v2\nname: --post-renderer=evil\nversion: 0.1.0\n");
  shop.directory.write("shop/-x/templates/web.yaml", deployment);
  shop.directory.write("shop/values.yml", "{}\n");
  shop.tool("helm", "echo \"# $*\" >>\"$0.log\"; echo \"# $KUBECONFIG $HTTPS_PROXY\" >>\"$0.log\"\n");
  shop.lint({"--values=values.yml", "--allow-empty", "-j1", "."});
  const auto log = test::run_process({"cat", shop.directory / "tools/helm.log"});
  CHECK(log.out ==
        "# template --no-hooks --skip-tests --values=values.yml -- release -x\n# /dev/null http://127.0.0.1:9\n"
        "# template --no-hooks --skip-tests --values=values.yml -- web chart\n# /dev/null http://127.0.0.1:9\n");
}

TEST_CASE("charts inside a chart are its own, a library chart needs no rendering, and values are no manifests") {
  const Shop shop;
  shop.directory.write("shop/chart/charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n");
  shop.directory.write("shop/chart/charts/sub/templates/a.yaml", deployment);
  shop.directory.write("shop/chart/values.yaml", "image: {{ broken\n");
  shop.directory.write("shop/library/Chart.yaml", "apiVersion: v2\nname: lib\ntype: library\nversion: 0.1.0\n");
  shop.directory.write("shop/library/templates/a.yaml", deployment);
  const auto result = shop.lint({"--notes", "."});
  CHECK(lines(result.out) == 1);
  CHECK(has(result.out, "(2 templates)"));
  CHECK(has(result.err, "1 library chart"));
}

TEST_CASE("a template that is named stands for its chart") {
  const Shop shop;
  const auto result = shop.lint({"chart/templates/web.yaml"});
  CHECK(has(result.out, "[unrendered-chart]"));
  CHECK(result.exit_code == 2);
}

TEST_CASE("a kustomization that cannot be built is an error, and its files are judged one by one") {
  const Shop shop;
  shop.directory.write("k/kustomization.yaml", "resources: [web.yaml, missing.yaml]\n");
  shop.directory.write(
      "k/web.yaml",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: [{name: web, image: acme/web}]\n");
  shop.tool("kubectl", "echo 'error: accumulating resources: no missing.yaml' >&2; exit 1\n");
  const auto result = shop.lint({"../k"});
  CHECK(has(result.out,
            "../k/kustomization.yaml: error: the kustomization cannot be judged: its build failed: accumulating"));
  CHECK(has(result.out, "../k/web.yaml:4:"));
  CHECK(result.exit_code == 2);
}

TEST_CASE("a kustomization that would fetch something is not built") {
  const Shop shop;
  shop.directory.write("k/kustomization.yaml", "resources: [\"https://example.com/a?ref=1\"]\n");
  shop.tool("kustomize", "echo ran >\"$0.log\"\n");
  const auto result = shop.lint({"--notes", "../k"});
  CHECK(has(result.out, "it would fetch https://example.com/a?ref=1"));
  CHECK_FALSE(fs::exists(shop.directory / "tools/kustomize.log"));
}
