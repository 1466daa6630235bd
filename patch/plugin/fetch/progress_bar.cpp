#include "patch/plugin/fetch/progress_bar.hpp"

#include "patch/plugin/words.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

constexpr std::size_t bar_width = 20;
/// Bytes; less than that are words about the answer.
constexpr std::uint64_t worth_showing = 10'000;
/// Before that a rate says nothing.
constexpr double seconds_for_rate = 0.3;

double seconds_between(ProgressBar::Clock::time_point from, ProgressBar::Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

std::string bar(std::uint64_t done, std::uint64_t about) {
  const double part = std::min(1.0, static_cast<double>(done) / static_cast<double>(about));
  const auto full = static_cast<std::size_t>(part * bar_width);
  return "[" + std::string(full, '#') + std::string(bar_width - full, '-') + "] ";
}

}  // namespace

void ProgressBar::tell(const transfer::Progress& progress, Clock::time_point now) {
  if (progress.phase == transfer::phase::stood) {
    stood_ = static_cast<double>(progress.done) / 1000;
    stands_since_.reset();
    return;
  }
  if (progress.phase != phase_) {
    phase_ = progress.phase;
    phase_begun_ = now;
    received_before_ = received_;
    if (phase_ == transfer::phase::taking) stands_since_ = now;
  }
  told_ = progress.done;
  about_ = progress.about;
}

ProgressBar::Measure ProgressBar::measure() const {
  if (phase_ == transfer::phase::taking) return {told_, about_};
  return {received_, phase_ == transfer::phase::sending ? about_ : 0};
}

double ProgressBar::stands_for(Clock::time_point now) const {
  return stands_since_ ? seconds_between(*stands_since_, now) : 0;
}

std::string ProgressBar::standstill(Clock::time_point now) const {
  if (stood_) return "; it stood still for " + time_words(*stood_);
  return stands_since_ ? "; it stands still since " + time_words(stands_for(now)) : "";
}

std::string ProgressBar::line(Clock::time_point now) const {
  if (phase_ == transfer::phase::recording)
    return title_ + ": recording " + bar(told_, std::max<std::uint64_t>(about_, 1)) + std::to_string(told_) + " of " +
           std::to_string(about_) + " s, " + size_words(received_);
  const auto [done, about] = measure();
  if (phase_.empty() && done < worth_showing) return title_ + ": " + time_words(seconds_between(begun_, now));
  std::string text = title_ + ": " + (phase_.empty() ? "" : phase_ + " ");
  if (about > 0) text += bar(done, about);
  text += size_words(done);
  if (about > 0) text += " of " + std::string(phase_ == transfer::phase::taking ? "about " : "") + size_words(about);
  const double passed = seconds_between(phase_.empty() ? begun_ : phase_begun_, now);
  const std::uint64_t of_phase = phase_ == transfer::phase::taking ? done : done - received_before_;
  if (passed > seconds_for_rate && of_phase > 0) {
    const double rate = static_cast<double>(of_phase) / passed;
    text += ", " + size_words(static_cast<std::uint64_t>(rate)) + "/s";
    if (about > done) text += ", " + time_words(static_cast<double>(about - done) / rate) + " left";
  }
  return text + standstill(now);
}

}  // namespace dotdiag
