#include "linter/progress.hpp"

#include <utility>

namespace dotdiag {
namespace {

constexpr std::chrono::seconds patience(1);
constexpr std::chrono::milliseconds pause(200);

}  // namespace

FilesDone::FilesDone(std::ostream* out, std::size_t total, std::function<Clock::time_point()> now)
    : out_(out), total_(total), now_(std::move(now)), next_(now_() + patience) {}

void FilesDone::step() {
  ++done_;
  if (out_ == nullptr || now_() < next_) return;
  next_ = now_() + pause;
  *out_ << '\r' << done_ << " of " << total_ << " files" << std::flush;
  is_shown_ = true;
}

void FilesDone::clear() {
  if (std::exchange(is_shown_, false)) *out_ << "\r\033[K" << std::flush;
}

}  // namespace dotdiag
