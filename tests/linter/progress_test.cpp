#include "linter/progress.hpp"

#include <catch2/catch.hpp>

#include <sstream>

namespace dotdiag::test {

TEST_CASE("a short run says nothing, a long one how far it has come, and takes the line away") {
  std::ostringstream out;
  FilesDone::Clock::time_point time;
  FilesDone progress(&out, 40, [&] { return time; });
  progress.step();
  progress.clear();
  CHECK(out.str().empty());
  time += std::chrono::milliseconds(1100);
  progress.step();
  progress.step();  // too soon to say more
  CHECK(out.str() == "\r2 of 40 files");
  progress.clear();
  progress.clear();
  CHECK(out.str() == "\r2 of 40 files\r\033[K");
  time += std::chrono::seconds(1);
  progress.step();
  CHECK(out.str() == "\r2 of 40 files\r\033[K\r4 of 40 files");
}

TEST_CASE("where nobody looks nothing is said") {
  FilesDone::Clock::time_point time;
  FilesDone progress(nullptr, 40, [&] { return time; });
  time += std::chrono::seconds(2);
  progress.step();
  progress.clear();
}

}  // namespace dotdiag::test
