// Runs dotdiag-patch over the folders of testdata/ephemeral: a pod, the arguments, and what is printed.
#include "tests/support/examples.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <sstream>

namespace dotdiag::test {
namespace {

struct Format {
  std::string name;
  std::string file;
};

const std::vector<Format> formats = {
    {"strategic-merge", "strategic-merge.json"},
    {"runbook", "runbook.sh"},
    {"json-patch", "json-patch.json"},
    {"pod", "pod.json"},
    {"curl", "curl.sh"},
    {"kubectl-custom", "kubectl-custom.json"},
    {"powershell", "powershell.ps1"},
    {"yaml", "strategic-merge.yaml"},
};

/// The recipes have every output; the other folders the first two, which differ most.
std::vector<Format> formats_of(const std::string& folder) {
  const std::set<std::string> recipes = {"dotnet-dump", "dotnet-dump-restricted", "dotnet-monitor", "native"};
  return recipes.contains(folder) ? formats : std::vector<Format>(formats.begin(), formats.begin() + 2);
}

ProcessResult patch(const std::filesystem::path& folder, const std::string& format) {
  std::vector<std::string> command = {build_path("patch/dotdiag-patch"), "-o", format};
  std::istringstream arguments(read_text(folder / "arguments"));
  for (std::string line; std::getline(arguments, line);)
    command.push_back(line);
  command.emplace_back("pod.yaml");
  ProcessOptions options;
  options.directory = folder.string();
  return run_process(command, options);
}

}  // namespace

TEST_CASE("each example prints what its files say") {
  for (const auto& folder : folders_in("ephemeral")) {
    const std::string name = folder.filename().string();
    DYNAMIC_SECTION(name) {
      const ProcessResult first = patch(folder, "strategic-merge");
      CHECK(first.err == expected_text(folder / "messages.txt", first.err));
      CHECK(first.out.empty() == (first.exit_code != 0));
      if (first.exit_code != 0) continue;
      for (const Format& format : formats_of(name)) {
        CAPTURE(format.name);
        const ProcessResult result = patch(folder, format.name);
        CHECK(result.exit_code == 0);
        CHECK(result.out == expected_text(folder / format.file, result.out));
        // What to do with an output that needs a word.
        const std::string usage = result.err == first.err ? "" : result.err;
        CHECK(usage == expected_text(folder / (format.name + ".txt"), usage));
      }
    }
  }
}

}  // namespace dotdiag::test
