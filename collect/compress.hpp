// Compresses a stream with zstd. The frame carries a checksum of everything in it: whoever unpacks it notices a cut or
// damaged file.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace dotdiag::collect {

class Compressor {
 public:
  using Sink = std::function<void(std::string_view)>;

  explicit Compressor(Sink sink);
  ~Compressor();
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  void write(std::string_view bytes);
  /// Writes the rest, and the end of the frame.
  void finish();

 private:
  struct Stream;
  void pass(std::string_view bytes, bool is_last);

  Sink sink_;
  std::unique_ptr<Stream> stream_;
};

}  // namespace dotdiag::collect
