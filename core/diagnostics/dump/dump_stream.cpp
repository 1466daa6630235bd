#include "core/diagnostics/dump/dump_stream.hpp"

#include "core/diagnostics/dump/dump_parting.hpp"
#include "core/diagnostics/failure.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <utility>
#include <vector>

namespace dotdiag::diagnostics {
namespace {

constexpr int look_around = 200;  // milliseconds
constexpr std::chrono::seconds request_limit{10};

/// Reads what the pipe has. Answers the bytes read; 0 where it has none now.
std::size_t read_some(int fd, std::vector<char>& buffer, const std::function<void(std::string_view)>& sink) {
  const ssize_t count = ::read(fd, buffer.data(), buffer.size());
  if (count <= 0) return 0;
  sink({buffer.data(), static_cast<std::size_t>(count)});
  return static_cast<std::size_t>(count);
}

/// One dump on its way.
class Streaming {
 public:
  Streaming(Connection& connection, DumpFifo& fifo, const std::function<void(std::string_view)>& sink)
      : connection_(connection), fifo_(fifo), sink_(sink), buffer_(1u << 20) {}

  /// Passes bytes on until the answer has come.
  void run(const DumpWish& wish, const std::function<bool()>& keep_on) {
    DumpWait wait(wish, fifo_.their_path(), keep_on);
    try {
      while (!step())
        wait.check(std::exchange(has_moved_, false));
    } catch (const Failure& failure) {
      fifo_.close();
      // Whoever has opened the pipe gets an error. Who comes only now would make a file of that name.
      if (has_begun_) throw;
      part_from_dump(connection_, {fifo_.our_path(), fifo_.their_path()}, wish, failure);
    }
    // The answer follows the last byte: what is in the pipe now is the rest.
    while (read_some(fifo_.descriptor(), buffer_, sink_) > 0) {
    }
  }

 private:
  /// True once the answer can be read.
  bool step() {
    std::array<pollfd, 2> entries = {pollfd{connection_.descriptor(), POLLIN, 0},
                                     pollfd{fifo_.descriptor(), POLLIN, 0}};
    // A pipe that had a writer reports its end all the time; then only the answer is waited for.
    const nfds_t watched = writer_gone_ ? 1 : 2;
    if (::poll(entries.data(), watched, look_around) <= 0) return false;
    if (watched == 2 && (entries[1].revents & (POLLIN | POLLHUP)) != 0) take();
    return entries[0].revents != 0;
  }

  void take() {
    if (read_some(fifo_.descriptor(), buffer_, sink_) == 0) {
      writer_gone_ = true;
      return;
    }
    if (!std::exchange(has_begun_, true)) fifo_.remove_name();
    has_moved_ = true;
  }

  Connection& connection_;
  DumpFifo& fifo_;
  const std::function<void(std::string_view)>& sink_;
  std::vector<char> buffer_;
  bool has_begun_ = false, has_moved_ = false, writer_gone_ = false;
};

}  // namespace

int dump_variant(const RuntimeVersion& version) {
  return version.major >= 7 ? 3 : version.major == 6 ? 2 : 1;
}

void stream_dump(Client& client, const RuntimeVersion& version, const DumpWish& wish, DumpFifo& fifo,
                 const std::function<void(std::string_view)>& sink, const std::function<bool()>& keep_on) {
  const Request request = dump_request(dump_variant(version), fifo.their_path(), wish.type);
  Connection connection = client.send(request, Deadline::in(request_limit));
  Streaming(connection, fifo, sink).run(wish, keep_on);
  client.answer(connection, request, Deadline::in(request_limit));
}

}  // namespace dotdiag::diagnostics
