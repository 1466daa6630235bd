// kubectl dotdiag dump, heap and their like as a process, over a kubectl that plays exec: whole, cut at any byte,
// silent, failing, speaking of other things, killed. Whatever happens, a file below its own name is a whole one.
#include "core/document/json.hpp"
#include "tests/patch/answers.hpp"
#include "tests/patch/fake_kubectl.hpp"
#include "tests/patch/pods.hpp"
#include "tests/support/eventually.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <set>

namespace dotdiag::test {
namespace {

/// What a run left in its directory, and what it said.
class Run {
 public:
  /// `exec_case` plays `kubectl exec` of the question; `cost` answers what it costs.
  explicit Run(const std::string& exec_case, const std::string& cost = cost_answer())
      : kubectl(pod_cases + "*'stream -- cost'*) cat \"$HERE/cost\" ;;\n*'stream -- '*) " + exec_case + " ;;\n") {
    kubectl.write("pod.json", prepared_pod_json());
    kubectl.write("after.json", prepared_pod_json(collector_runs));
    kubectl.write("cost", cost);
  }

  ProcessResult ask(std::vector<std::string> words) {
    words.insert(words.begin() + 1, {"web-0", "--timeout=5"});
    if (std::find(words.begin(), words.end(), "-o") == words.end() && words[0] == "dump")
      words.insert(words.end(), {"-o", directory / "web.dmp"});
    return kubectl.run(words);
  }

  std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory.path()))
      names.insert(entry.path().filename().string());
    return names;
  }
  std::string dump() const { return read_text(directory.path() / "web.dmp"); }

  FakeKubectl kubectl;
  TemporaryDirectory directory;
};

std::string dump_of(std::size_t size) {
  std::mt19937 random(7);
  std::string bytes(size, '\0');
  for (char& byte : bytes)
    byte = static_cast<char>(random());
  return bytes;
}

const std::string whole_case = "cat \"$HERE/answer\"";

}  // namespace

TEST_CASE("dump adds the debugger, says what it costs, and brings a verified file that is unpacked") {
  Run run(whole_case);
  run.kubectl.write("answer", dump_answer(dump_of(50'000)));
  const ProcessResult result = run.ask({"dump", "--yes"});
  CAPTURE(result.err);
  CHECK(result.exit_code == 0);
  CHECK(run.dump() == dump_of(50'000));
  CHECK(run.files() == std::set<std::string>{"web.dmp"});
  CHECK(result.out == run.directory / "web.dmp" + "\n");
  CHECK_THAT(result.err, Catch::Contains("this adds the container") && Catch::Contains("up to 1.0 s") &&
                             Catch::Contains("stood still for 1.2 s") && Catch::Contains("dotnet-dump analyze "));
  CHECK_THAT(run.kubectl.calls(), Catch::Contains("<exec><--stdin><--namespace=shop><web-0><--container=") &&
                                      Catch::Contains("<--><dotdiag-collect><stream><--><dump><--output=-><--yes>"));
}

TEST_CASE("a connection that is cut at any byte leaves no file, and says so") {
  const std::string stream = dump_answer(dump_of(3'000));
  std::mt19937 random(std::random_device{}());
  const std::size_t length = random() % stream.size();
  const int exit_code = static_cast<int>(random() % 2);  // kubectl exec may well answer 0
  CAPTURE(length, stream.size(), exit_code);
  // Twenty times, by GENERATE: each is a run of its own.
  [[maybe_unused]] const int time = GENERATE(range(0, 20));
  Run run("head -c " + std::to_string(length) + " \"$HERE/answer\"; exit " + std::to_string(exit_code));
  run.kubectl.write("answer", stream);
  const ProcessResult result = run.ask({"dump", "--yes"});
  CHECK(result.exit_code == 4);
  CHECK(result.out.empty());
  CHECK(run.files().empty());
  CHECK_THAT(result.err, Catch::Contains("the connection was cut") && Catch::Contains("no file was kept"));
}

TEST_CASE("what is no whole answer of ours leaves no file either") {
  struct Example {
    const char* exec;
    const char* said;
  };
  const auto example = GENERATE(values<Example>({
      {"head -c 2000 \"$HERE/answer\"; kill -KILL $$", "the answer has no end"},
      {"echo 'OCI runtime exec failed'", "what came is no answer of dotdiag-collect: `OCI runtime exec failed`"},
      {"echo 'error: unable to upgrade connection: container not found (\"x\")' >&2; exit 1", "container not found"},
      {"exit 0", "no answer came"},
      {"head -c 2000 \"$HERE/answer\"; tail -c +2002 \"$HERE/answer\"", "foreign bytes"},
      {"cat \"$HERE/answer\"; echo more", ""},  // what comes behind a whole answer is nobody's
  }));
  CAPTURE(example.exec);
  Run run(example.exec);
  run.kubectl.write("answer", dump_answer(dump_of(5'000)));
  const ProcessResult result = run.ask({"dump", "--yes"});
  CAPTURE(result.err);
  if (result.exit_code == 0) {
    CHECK(run.dump() == dump_of(5'000));
    return;
  }
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Catch::Contains(example.said));
  CHECK(run.files().empty());
}

TEST_CASE("an answer whose packing is damaged leaves no file") {
  std::string bytes = packed(dump_of(5'000));
  bytes[1000] = static_cast<char>(bytes[1000] ^ 1);
  Run run(whole_case);
  run.kubectl.write("answer", answer(bytes));
  const ProcessResult result = run.ask({"dump", "--yes"});
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Catch::Contains("what came is damaged: it cannot be unpacked"));
  CHECK(run.files().empty());
}

TEST_CASE("a connection on which nothing comes any longer is given up") {
  Run run("head -c 2000 \"$HERE/answer\"; exec sleep 60");
  run.kubectl.write("answer", dump_answer(dump_of(5'000)));
  const ProcessResult result = run.ask({"dump", "--yes", "--patience=3"});
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Catch::Contains("nothing came any longer"));
  CHECK(run.files().empty());
}

TEST_CASE("what became of the pod meanwhile is said") {
  Run run("cp \"$HERE/later.json\" \"$HERE/after.json\"; head -c 2000 \"$HERE/answer\"");
  run.kubectl.write("answer", dump_answer(dump_of(5'000)));
  Json pod = Json::parse(prepared_pod_json(
      R"([{"name": "dotdiag-collect", "state": {"terminated": {"reason": "Error", "exitCode": 137}}}])"));
  const auto restarted = [&](int count) {
    pod["status"]["containerStatuses"] =
        Json::array({{{"name", "web"},
                      {"restartCount", count},
                      {"lastState", {{"terminated", {{"reason", "OOMKilled"}, {"exitCode", 137}}}}}}});
    return pod.dump();
  };
  run.kubectl.write("later.json", restarted(1));
  pod["status"].erase("ephemeralContainerStatuses");
  run.kubectl.write("pod.json", restarted(0));
  const ProcessResult result = run.ask({"dump", "--yes"});
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Catch::Contains("`web` was restarted meanwhile (OOMKilled, exit code 137)") &&
                             Catch::Contains("dotdiag-collect has ended (Error, exit code 137)"));
}

TEST_CASE("a dump is not taken twice unless that was asked for; what costs nothing is") {
  const std::string cut_once =
      "if [ -e \"$HERE/once\" ]; then cat \"$HERE/answer\"; else touch \"$HERE/once\"; head -c 40 \"$HERE/answer\"; fi";
  Run dear(cut_once);
  dear.kubectl.write("answer", dump_answer("core"));
  const ProcessResult once = dear.ask({"dump", "--yes"});
  CHECK(once.exit_code == 4);
  CHECK_THAT(once.err, Catch::Contains("the process would stand still once more"));

  Run again(cut_once);
  again.kubectl.write("answer", dump_answer("core"));
  CHECK(again.ask({"dump", "--yes", "--retries=1"}).exit_code == 0);
  CHECK(again.dump() == "core");

  Run free(cut_once);
  free.kubectl.write("answer", answer("thread 1\n"));
  const ProcessResult stacks = free.ask({"stacks", "--yes"});
  CHECK(stacks.exit_code == 0);
  CHECK(stacks.out == "thread 1\n");
}

TEST_CASE("Ctrl-C leaves no file, and lets go of the command in the pod") {
  Run run("head -c 2000 \"$HERE/answer\"; cat > /dev/null; touch \"$HERE/let-go\"");
  run.kubectl.write("answer", dump_answer(dump_of(5'000)));
  const auto process = run.kubectl.start({"dump", "web-0", "--yes", "-o", run.directory / "web.dmp"});
  REQUIRE(eventually([&] { return run.files().size() == 1; }));
  CHECK(run.files().count("web.dmp") == 0);
  process->signal(SIGTERM);
  REQUIRE(process->wait(std::chrono::seconds(20)));
  CHECK(process->result().exit_code == 128 + SIGTERM);
  CHECK(run.files().empty());
  CHECK(run.kubectl.has("let-go"));
}

TEST_CASE("the answer of a question that has no file is printed once it is whole") {
  Run run(whole_case);
  run.kubectl.write("answer", answer("   BYTES  COUNT  TYPE\n", 1, "THIS SNAPSHOT IS NOT WHOLE\n"));
  const ProcessResult result = run.ask({"heap", "--yes", "--top", "3"});
  CHECK(result.exit_code == 3);
  CHECK(result.out == "   BYTES  COUNT  TYPE\n");
  CHECK_THAT(result.err, Catch::Contains("  THIS SNAPSHOT IS NOT WHOLE\n"));
  CHECK_THAT(run.kubectl.calls(), Catch::Contains("<heap><--yes><--top=3>"));
}

TEST_CASE("scripts get one line of JSON") {
  Run run(whole_case);
  run.kubectl.write("answer", dump_answer("core"));
  const Json dump = Json::parse(run.ask({"dump", "--yes", "--output", "json"}).out);
  CHECK(dump.at("file") == run.directory / "web.dmp");
  CHECK(dump.at("bytes") == 4);
  CHECK(dump.at("standstillSeconds") == 1.234);
  run.kubectl.write("answer", answer("[{\"pid\":7}]\n"));
  CHECK(Json::parse(run.ask({"ps", "--yes", "--output", "json"}).out).at("answer") == Json::parse(R"([{"pid": 7}])"));
}

TEST_CASE("what cannot be done in the pod leaves no file, and says why") {
  Run run(whole_case);
  run.kubectl.write("answer", answer("", 2, "dotdiag-collect: the container has no room\n"));
  const ProcessResult result = run.ask({"dump", "--yes"});
  CHECK(result.exit_code == 5);
  CHECK_THAT(result.err, Catch::Contains("the container has no room"));
  CHECK(run.files().empty());
}

TEST_CASE("nothing is added and nothing is asked of the process without consent") {
  Run run(whole_case);
  const ProcessResult result = run.ask({"dump"});
  CHECK(result.exit_code == 2);
  CHECK_THAT(run.kubectl.calls(), !Catch::Contains("replace") && !Catch::Contains("exec"));
}

TEST_CASE("what would cost too much is refused before it is paid") {
  Run run(whole_case);
  run.kubectl.write("answer", dump_answer("core"));
  const ProcessResult pause = run.ask({"dump", "--yes", "--max-pause", "500ms"});
  CHECK(pause.exit_code == 6);
  CHECK_THAT(pause.err, Catch::Contains("it may stand still for 1.0 s, and --max-pause allows 0.5 s"));
  CHECK(run.ask({"heap", "--yes", "--max-memory", "32Mi"}).exit_code == 6);
  CHECK_THAT(run.kubectl.calls(), !Catch::Contains("<dump><--output=->") && !Catch::Contains("<heap>"));
}

TEST_CASE("what speaks against it in this pod is asked about again") {
  Run tight(whole_case, cost_answer(R"(,"memoryUsedBytes":60000000,"memoryLimitBytes":67108864)"));
  const ProcessResult result = tight.ask({"dump", "--yes"});
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, Catch::Contains("left of its memory limit") && Catch::Contains("--accept-risk"));

  Run probed(whole_case);
  Json pod = Json::parse(prepared_pod_json());
  pod["spec"]["containers"][0]["livenessProbe"] =
      Json::parse(R"({"httpGet": {"port": 80}, "periodSeconds": 1, "failureThreshold": 1, "timeoutSeconds": 1})");
  for (const char* file : {"pod.json", "after.json"}) {
    if (file == std::string("after.json")) pod["status"] = Json::parse(prepared_pod_json(collector_runs))["status"];
    probed.kubectl.write(file, pod.dump());
  }
  CHECK_THAT(probed.ask({"dump", "--yes", "--type", "full"}).err,
             Catch::Contains("the liveness probe of `web` has it restarted after 1.0 s"));
}

TEST_CASE("a file that exists is not replaced unless that was asked for, and then only by a whole one") {
  Run run("head -c 30 \"$HERE/answer\"");
  run.kubectl.write("answer", dump_answer("core"));
  run.directory.write("web.dmp", "yesterday's");
  const ProcessResult refused = run.ask({"dump", "--yes"});
  CHECK(refused.exit_code == 2);
  CHECK_THAT(refused.err, Catch::Contains("exists already"));
  CHECK_THAT(run.kubectl.calls(), !Catch::Contains("replace"));
  CHECK(run.ask({"dump", "--yes", "--overwrite"}).exit_code == 4);
  CHECK(run.dump() == "yesterday's");
}

TEST_CASE("a place that cannot be written to is named before anything is asked") {
  Run run(whole_case);
  const ProcessResult result = run.ask({"dump", "--yes", "-o", "/nonexistent/web.dmp"});
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, Catch::Contains("/nonexistent/: cannot be written to"));
}

TEST_CASE("dry-run prints what would be added and run, and changes nothing") {
  Run run(whole_case);
  const ProcessResult result = run.ask({"dump", "--dry-run"});
  CHECK(result.exit_code == 0);
  const Json plan = Json::parse(result.out);
  CHECK(plan.at("adds").at("name") == plan.at("command").at(4).get<std::string>().substr(12));
  CHECK_THAT(run.kubectl.calls(), !Catch::Contains("replace") && !Catch::Contains("exec"));
}

}  // namespace dotdiag::test
