#include "collect/compress.hpp"
#include "core/diagnostics/failure.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace dotdiag::collect {
namespace {

/// The quickest: a process stands still while its dump is compressed.
constexpr int gzip_level = 1;
constexpr int gzip_frame = 15 + 16;  // the largest window, and gzip's header and checksum around it
constexpr int memory_level = 8;

void check(int code) {
  if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)  // the last: nothing to do
    throw diagnostics::Failure(diagnostics::FailureKind::unsuitable, "cannot compress with gzip");
}

class Gzip : public Compressor {
 public:
  explicit Gzip(Sink sink) : sink_(std::move(sink)), out_(1u << 17) {
    check(::deflateInit2(&stream_, gzip_level, Z_DEFLATED, gzip_frame, memory_level, Z_DEFAULT_STRATEGY));
  }
  ~Gzip() override { ::deflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const std::size_t size = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
      pass(bytes.substr(0, size), Z_NO_FLUSH);
      bytes.remove_prefix(size);
    }
  }
  void finish() override { pass({}, Z_FINISH); }

 private:
  void pass(std::string_view bytes, int flush) {
    // zlib's interface is older than const.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream_.next_out = out_.data();
      stream_.avail_out = static_cast<uInt>(out_.size());
      check(::deflate(&stream_, flush));
      sink_({reinterpret_cast<const char*>(out_.data()), out_.size() - stream_.avail_out});
    } while (stream_.avail_out == 0);
  }

  Sink sink_;
  z_stream stream_{};
  std::vector<Bytef> out_;
};

}  // namespace

std::unique_ptr<Compressor> make_gzip(Compressor::Sink sink) {
  return std::make_unique<Gzip>(std::move(sink));
}

}  // namespace dotdiag::collect
