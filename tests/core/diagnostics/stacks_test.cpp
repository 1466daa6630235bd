// Where the threads of recorded processes were.
#include "core/diagnostics/stacks/speedscope.hpp"
#include "core/diagnostics/stacks/thread_stacks.hpp"
#include "tests/core/diagnostics/captures.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include <sstream>

using namespace dotdiag::diagnostics;
using namespace dotdiag::test;

namespace {

/// As the recorded expectations are written: each thread's newest sample.
std::string thread_text(const Samples& samples) {
  std::ostringstream text;
  for (const auto& [thread, of_thread] : samples.threads()) {
    text << "thread " << std::dec << thread << " (0x" << std::hex << thread << ") type "
         << static_cast<unsigned>(of_thread.back().kind) << "\n";
    for (const std::string& frame : frame_names(samples, of_thread.back().stack))
      text << "    " << frame << "\n";
  }
  return text.str();
}

/// The part of an expectation between its first line and its last.
std::string expectation(const std::string& name) {
  const std::string text = capture(name);
  const std::size_t begin = text.find('\n') + 1;
  return text.substr(begin, text.rfind("frames ") - begin);
}

}  // namespace

TEST_CASE("every thread's stack is as recorded, with every name") {
  const auto runtime = GENERATE(as<std::string>{}, "netcore31", "net10");
  Samples samples;
  read_stream(capture("stacks." + runtime + ".nettrace"), samples);
  CHECK(thread_text(samples) == expectation("stacks." + runtime + ".expected.txt"));
}

TEST_CASE("threads at the same place are one group, the largest first") {
  Samples samples;
  read_stream(capture("stacks.net10.nettrace"), samples);
  const std::vector<StackGroup> groups = group_stacks(samples);
  REQUIRE(groups.size() > 1);
  CHECK(groups[0].threads.size() > 1);
  CHECK(groups[0].threads.size() >= groups[1].threads.size());
  std::size_t threads = 0;
  for (const StackGroup& group : groups)
    threads += group.threads.size();
  CHECK(threads == samples.threads().size());
}

TEST_CASE("a thread that waits for a lock is seen to") {
  Samples samples;
  read_stream(capture("stacks.netcore31.nettrace"), samples);
  const std::vector<StackGroup> groups = group_stacks(samples);
  const auto blocked = std::find_if(groups.begin(), groups.end(), [](const StackGroup& group) {
    return group.frames.size() > 1 && group.frames[1] == "Shop.Program.Blocked()";
  });
  REQUIRE(blocked != groups.end());
  CHECK(blocked->frames[0] == "System.Threading.Monitor.Enter(class System.Object,bool&)");
}

TEST_CASE("a method is written with its arguments, without what it returns") {
  CHECK(method_text("Shop.Program", "Main", "void  (class System.String[])") ==
        "Shop.Program.Main(class System.String[])");
  CHECK(method_text("", "Stub", "") == "Stub");
}

TEST_CASE("a speedscope file has every sample, with frames that exist, and weights") {
  Samples samples;
  read_stream(capture("stacks.netcore31.nettrace"), samples);
  std::ostringstream out;
  write_speedscope(samples, "app \"quoted\"", out);
  const auto file = nlohmann::json::parse(out.str());
  CHECK(file.at("$schema") == "https://www.speedscope.app/file-format-schema.json");
  CHECK(file.at("name") == "app \"quoted\"");
  const std::size_t frames = file.at("shared").at("frames").size();
  CHECK(file.at("profiles").size() == 5);
  std::size_t count = 0;
  for (const auto& profile : file.at("profiles")) {
    CHECK(profile.at("type") == "sampled");
    CHECK(profile.at("samples").size() == profile.at("weights").size());
    CHECK(profile.at("startValue") <= profile.at("endValue"));
    for (const auto& stack : profile.at("samples"))
      for (const auto& frame : stack)
        CHECK(frame < frames);
    count += profile.at("samples").size();
  }
  CHECK(count == 185);
}

TEST_CASE("the outermost frame comes first in a speedscope file") {
  Samples samples;
  read_stream(capture("stacks.netcore31.nettrace"), samples);
  std::ostringstream out;
  write_speedscope(samples, "", out);
  const auto file = nlohmann::json::parse(out.str());
  const auto& first = file.at("profiles").at(1).at("samples").at(0).at(0);
  const std::string name = file.at("shared").at("frames").at(first.get<std::size_t>()).at("name");
  CHECK(name == "System.Threading.ThreadHelper.ThreadStart()");
}
