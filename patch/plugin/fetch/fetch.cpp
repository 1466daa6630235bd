#include "patch/plugin/fetch/fetch.hpp"

#include "core/document/printable.hpp"
#include "core/transfer/progress.hpp"
#include "patch/plugin/fetch/exec_stream.hpp"
#include "patch/plugin/fetch/progress_bar.hpp"

#include <utility>

namespace dotdiag {
namespace {

using transfer::FrameKind;

/// Hands on whole lines of what comes in pieces.
class Lines {
 public:
  using Sink = std::function<void(const std::string&)>;

  explicit Lines(Sink sink) : sink_(std::move(sink)) {}
  void feed(std::string_view bytes) {
    rest_ += bytes;
    for (std::size_t end = 0; (end = rest_.find('\n')) != std::string::npos; rest_.erase(0, end + 1))
      sink_(rest_.substr(0, end));
  }
  void finish() {
    if (!rest_.empty()) sink_(std::exchange(rest_, {}));
  }

 private:
  Sink sink_;
  std::string rest_;
};

class Fetching {
 public:
  Fetching(const Kubectl& kubectl, const FetchWish& wish, Destination& destination)
      : kubectl_(kubectl),
        wish_(wish),
        destination_(destination),
        bar_(wish.title),
        reader_([this](FrameKind kind, std::string_view bytes) { take(kind, bytes); }),
        messages_([this](const std::string& line) { say(line); }),
        progress_([this](const std::string& line) {
          if (const auto told = transfer::parse_progress(line)) bar_.tell(*told);
        }) {}

  Fetched run() {
    destination_.begin();
    StreamWish stream;
    stream.arguments = wish_.exec;
    stream.arguments.insert(stream.arguments.end(), {"dotdiag-collect", "stream", "--"});
    stream.arguments.insert(stream.arguments.end(), wish_.command.begin(), wish_.command.end());
    stream.patience = wish_.patience;
    stream.take = [this](std::string_view bytes) { return feed(bytes); };
    stream.complaint = [this](std::string_view bytes) { fetched_.complaint += bytes; };
    stream.tick = [this] { return tick(); };
    const StreamEnd end = stream_exec(kubectl_, stream);
    wish_.show("");
    messages_.finish();
    judge(end);
    return std::move(fetched_);
  }

 private:
  bool tick() {
    wish_.show(bar_.line());
    return wish_.most_pause <= 0 || bar_.stands_for() <= wish_.most_pause;
  }

  bool feed(std::string_view bytes) {
    bar_.receive(bytes.size());
    fetched_.received += bytes.size();
    return reader_.feed(bytes) && is_usable_ && !reader_.is_whole();
  }

  void take(FrameKind kind, std::string_view bytes) {
    if (kind == FrameKind::message) messages_.feed(bytes);
    if (kind == FrameKind::progress) progress_.feed(bytes);
    if (kind == FrameKind::data && is_usable_) is_usable_ = destination_.take(bytes);
  }

  /// Somebody else's words must not move the cursor of this terminal.
  void say(const std::string& line) {
    wish_.show("");
    wish_.say(one_line(line));
  }

  void judge(StreamEnd end) {
    using End = Fetched::End;
    fetched_.stood = bar_.stood();
    fetched_.has_begun = reader_.has_begun();
    fetched_.has_ended_there = reader_.is_whole();
    if (reader_.is_whole()) fetched_.exit_code = reader_.ending().exit_code;
    if (end == StreamEnd::interrupted || end == StreamEnd::too_long) {
      fetched_.end = end == StreamEnd::too_long ? End::too_long : End::interrupted;
    } else if (!is_usable_ || (reader_.is_whole() && fetched_.exit_code < 2 && !destination_.problem().empty())) {
      fetched_.end = End::unusable;
      fetched_.problem = destination_.problem();
    } else if (reader_.is_whole()) {
      fetched_.end = End::whole;
    } else {
      fetched_.end = end == StreamEnd::stalled ? End::stalled : End::cut;
      fetched_.problem = reader_.problem();
    }
  }

  const Kubectl& kubectl_;
  const FetchWish& wish_;
  Destination& destination_;
  ProgressBar bar_;
  transfer::FrameReader reader_;
  Lines messages_, progress_;
  bool is_usable_ = true;
  Fetched fetched_;
};

}  // namespace

Fetched fetch(const Kubectl& kubectl, const FetchWish& wish, Destination& destination) {
  return Fetching(kubectl, wish, destination).run();
}

}  // namespace dotdiag
