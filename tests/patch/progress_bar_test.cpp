// The line that shows how far an answer is.
#include "patch/plugin/fetch/progress_bar.hpp"
#include "patch/plugin/words.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag;
using namespace std::chrono_literals;

TEST_CASE("the line shows bytes, rate, time left and the standstill") {
  const ProgressBar::Clock::time_point start{};
  ProgressBar bar("web-0", start);
  CHECK(bar.line(start + 2s) == "web-0: 2.0 s");
  bar.tell({"taking", 0, 400'000'000}, start + 2s);
  bar.tell({"taking", 100'000'000, 400'000'000}, start + 3s);
  CHECK(
      bar.line(start + 3s) ==
      "web-0: taking [#####---------------] 100 MB of about 400 MB, 100 MB/s, 3.0 s left; it stands still since 1.0 s");
  CHECK(bar.stands_for(start + 3s) == 1);
  bar.tell({"stood", 4'000, 0}, start + 6s);
  bar.tell({"sending", 0, 40'000'000}, start + 6s);
  bar.receive(10'000'000);
  CHECK(bar.line(start + 7s) ==
        "web-0: sending [#####---------------] 10 MB of 40 MB, 10 MB/s, 3.0 s left; it stood still for 4.0 s");
  CHECK(bar.stands_for(start + 7s) == 0);
}

TEST_CASE("what is more than was expected fills the bar and no more") {
  const ProgressBar::Clock::time_point start{};
  ProgressBar bar("web-0", start);
  bar.tell({"recording", 31, 30}, start);
  CHECK(bar.line(start) == "web-0: recording [####################] 31 of 30 s, 0 bytes");
}

TEST_CASE("words for people") {
  CHECK(time_words(0.25) == "0.2 s");
  CHECK(time_words(119) == "119 s");
  CHECK(time_words(121) == "3 min");
}

TEST_CASE("a word for bash, zsh and PowerShell alike") {
  CHECK(word_for_any_shell("web-0.dmp") == "web-0.dmp");
  CHECK(word_for_any_shell("my $dump.dmp") == "'my $dump.dmp'");
  CHECK(word_for_any_shell("it's.dmp") == "\"it's.dmp\"");
  CHECK(word_for_any_shell("") == "''");
}
